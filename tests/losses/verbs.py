"""What guests do: the branches of ``events.rsvp``, of what writes an answer down, and of the desk."""

from tests.losses.loss import lines

OFFERS, HOLDS, DECIDED, RSVP = "test_offers.py::", "test_holds.py::", "test_decisions.py::", "test_rsvp.py::"
INVITED, OWN = "test_invitations.py::", "test_rsvp_losses_of_guests.py::"

LINES = (
    *lines(
        "events/rsvp.py",
        (
            "an invitation that is answered leads to the answer",
            "if invitation and (own := invitation.answer):",
            "if False:",
            INVITED + "test_whoever_holds_the_link_for_an_address_is_led_to_its_answer",
        ),
        (
            "first who may answer, then who has",
            "        welcome.check_welcome(desk, by, answer.member, invited=bool(invitation or forwarded))\n",
            "",
            RSVP + "test_who_may_not_answer_learns_nothing_of_who_has",
        ),
        (
            "the door for a first answer",
            "        welcome.check_door(desk, by, answer, invitation)\n",
            "",
            RSVP + "test_an_answer_at_the_wrong_time_is_refused",
        ),
        (
            "an address answers once",
            "        if known := desk.known(answer):\n",
            "        if False:\n",
            RSVP + "test_an_address_answers_once_however_it_is_written",
        ),
        (
            "verifying twice is verifying once",
            "        if fresh.status != Status.UNVERIFIED:\n            return Outcome(fresh, Recorded.AGAIN)\n",
            "",
            OWN + "test_an_address_verified_again_changes_nothing",
        ),
        (
            "an answer that came meanwhile",
            "        if known := desk.known(words, but=fresh):\n",
            "        if False:\n",
            OWN + "test_an_address_that_answered_meanwhile_is_led_to_that_answer",
        ),
        (
            "who may answer, judged again when the address is verified",
            "        welcome.check_welcome(desk, GUEST, None, invited=fresh.forwarded_id is not None)\n",
            "",
            OWN + "test_an_address_is_not_let_in_where_the_event_is_for_members_by_now",
        ),
        (
            "the door, judged again when the address is verified",
            "        welcome.check_door(desk, GUEST, words)\n",
            "",
            OWN + "test_an_address_verified_after_the_close_is_not_let_in",
        ),
        (
            "nothing is changed when the event is over",
            "        welcome.check_not_over(desk, by)\n        if says_the_same(fresh, answer):",
            "        if says_the_same(fresh, answer):",
            RSVP + "test_after_the_event_a_guest_changes_nothing",
        ),
        (
            "an answer that says the same",
            "        if says_the_same(fresh, answer):\n            return fresh\n",
            "",
            RSVP + "test_an_answer_that_changes_nothing_is_neither_noted_nor_mailed",
        ),
        (
            "who cannot change an answer",
            "        answer = check_changeable(fresh, answer, by)\n",
            "",
            DECIDED + "test_whoever_was_not_admitted_cannot_come_back_by_the_link_but_staff_can_let_them",
        ),
        (
            "growing is judged",
            "            welcome.check_growth(desk, fresh, answer, by)\n",
            "            pass\n",
            RSVP + "test_more_seats_after_the_close_are_refused_and_nothing_changes",
        ),
        (
            "withdrawing twice is withdrawing once",
            "        if fresh.is_live:\n",
            "        if True:\n",
            RSVP + "test_withdrawing_twice_is_one_withdrawal",
        ),
        (
            "a delegation that withdraws gives back its block",
            "            if fresh.hold and fresh.hold.is_live:\n                desk.release(fresh.hold, by)\n",
            "",
            HOLDS + "test_a_delegation_that_withdraws_gives_back_all_its_seats",
        ),
        (
            "nothing is undone once the event has begun",
            "        welcome.check_open(desk)\n        last = ",
            "        last = ",
            OWN + "test_nothing_is_undone_once_the_event_was_called_off",
        ),
        (
            "a place in line that somebody has meanwhile",
            "            place = None\n        asks",
            "            pass\n        asks",
            OWN + "test_undo_brings_no_place_back_that_somebody_else_has_by_now",
        ),
        (
            "the same button once more",
            "if not fresh.seats_offered and has_just_taken(fresh):",
            "if False:",
            OFFERS + "test_taking_an_offer_twice_is_taking_it_once",
        ),
        (
            "only what is offered can be taken",
            "        check_offered(fresh)\n        welcome.check_open(desk)\n",
            "        welcome.check_open(desk)\n",
            OFFERS + "test_an_offer_that_nobody_takes_lapses_and_goes_on",
        ),
        (
            "no more and no less than is offered",
            "if not 1 <= seats <= fresh.seats_offered:",
            "if False:",
            OFFERS + "test_no_more_and_no_less_than_what_is_offered_can_be_taken",
        ),
        (
            "a party that took a part has as many guests",
            "        desk.fit_guests(fresh)\n",
            "",
            OFFERS + "test_what_is_left_of_an_offer_goes_to_the_next",
        ),
        (
            "only who is offered seats can defer",
            "        check_offered(fresh)\n        if fresh.has_deferred:",
            "        if fresh.has_deferred:",
            OWN + "test_whoever_is_offered_nothing_cannot_let_the_next_go_ahead",
        ),
        (
            "not now, once",
            "        if fresh.has_deferred:\n",
            "        if False:\n",
            OFFERS + "test_not_now_lets_the_next_go_ahead_once",
        ),
        (
            "not now needs somebody behind",
            "        if ahead is None:\n",
            "        if False:\n",
            OFFERS + "test_not_now_needs_somebody_behind",
        ),
        (
            "not now goes behind who can use the seats",
            "ahead = desk.answers().behind(fresh).unserved().first()",
            "ahead = desk.answers().behind(fresh).first()",
            OFFERS + "test_not_now_goes_behind_whoever_can_use_the_seats",
        ),
    ),
    *lines(
        "events/recording.py",
        (
            "a reserved seat turns into a confirmed one",
            "        desk.release(kept, by)  # a reserved seat turns into a confirmed one, or into a free one\n",
            "        pass\n",
            HOLDS + "test_a_no_gives_the_reserved_seats_back",
        ),
        (
            "reserved seats come before those who wait",
            "reserved = kept.seats_unnamed if kept else 0",
            "reserved = 0",
            HOLDS + "test_reserved_seats_become_confirmed_though_others_wait",
        ),
        (
            "a request stays one until it is decided",
            "        return rsvp.status == Status.REQUESTED\n",
            "        return False\n",
            DECIDED + "test_a_request_can_grow_and_shrink_until_it_is_decided",
        ),
        (
            "three mails an hour",
            "    if same.filter(email_key=address_key(Value(rsvp.email))).count() >= PROOFS_AN_HOUR:\n        return\n",
            "",
            DECIDED + "test_no_address_gets_more_than_three_mails_an_hour_to_verify_it",
        ),
        (
            "an unverified answer is not changed",
            "if rsvp.status == Status.UNVERIFIED:",
            "if False:",
            OWN + "test_an_unverified_answer_cannot_be_changed_into_one_that_counts",
        ),
        (
            "a no of the hosts stands",
            "if rsvp.status == Status.REJECTED and by.is_guest and answer.is_yes:",
            "if False:",
            DECIDED + "test_whoever_was_not_admitted_cannot_come_back_by_the_link_but_staff_can_let_them",
        ),
        (
            "delegates are named on their own page",
            "if rsvp.hold_id and answer.is_yes:",
            "if False:",
            OWN + "test_delegates_are_changed_on_the_page_of_the_delegation_alone",
        ),
        (
            "a reason is given",
            "    if not by.reason.strip():\n",
            "    if False:\n",
            "test_rsvp_losses_of_hosts.py::test_nothing_out_of_turn_is_done_without_a_reason",
        ),
    ),
    *lines(
        "events/desk.py",
        (
            "the same form twice",
            "return self._ours(Rsvp.objects.filter(nonce=answer.nonce)) if answer.nonce else None",
            "return None",
            RSVP + "test_the_same_form_twice_is_one_answer",
        ),
        (
            "an address that is known",
            "            same |= Q(email_key=address_key(Value(answer.email)))\n",
            "            pass\n",
            RSVP + "test_an_address_answers_once_however_it_is_written",
        ),
        (
            "one at the desk of an event sees that event",
            "return Rsvp.objects.filter(event=self.event)",
            "return Rsvp.objects.all()",
            "test_rsvp_losses.py::test_the_line_of_one_event_is_not_that_of_another",
        ),
        (
            "an answer to another event is none to this",
            " if rsvp.event_id == self.event.pk",
            "",
            "test_rsvp_losses.py::test_whoever_has_answered_to_another_event_answers_to_this_one",
        ),
        (
            "nobody waits for himself",
            "others_wait = self.answers().waiting().exclude(pk=asking.pk).exists()",
            "pass",
            RSVP + "test_the_head_of_the_line_is_seated_when_it_asks_for_what_is_free",
        ),
        (
            "who only asks to come waits for nothing yet",
            "if rsvp.queue_number is not None else Party(rsvp.seats_confirmed, rsvp.seats_confirmed)",
            "",
            "test_rsvp_losses_of_hosts.py::test_a_request_is_not_admitted_to_a_line_that_is_not_kept",
        ),
        (
            "members first",
            "first = self.policy.members_first and is_member",
            "first = False",
            OFFERS + "test_members_are_served_first_where_the_event_says_so",
        ),
        (
            "an offer given back is over",
            "            live.update(ended_at=self.now, outcome=outcome)\n",
            "            pass\n",
            OFFERS + "test_withdrawing_gives_an_offer_back",
        ),
        (
            "an offer grows by what becomes free",
            "offer = rsvp.offers.live().first() if rsvp.seats_offered else None",
            "offer = None",
            OFFERS + "test_the_head_is_offered_the_part_there_is_and_more_makes_its_offer_larger",
        ),
    ),
    *lines(
        "events/outlook.py",
        (
            "a quarter of an hour to undo",
            "is_late = now - last.at > UNDO_WITHIN",
            "is_late = False",
            DECIDED + "test_after_a_quarter_of_an_hour_there_is_nothing_to_undo",
        ),
        (
            "guests undo what guests did",
            "last.actor != RsvpTransition.Actor.GUEST or ",
            "",
            DECIDED + "test_what_staff_changed_is_not_undone_by_the_guest",
        ),
    ),
)

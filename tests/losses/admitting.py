"""Who is let in, and who gets which seats: the pure rules, the checks at the door, and the desk itself."""

from tests.losses.loss import lines

OFFERS, HOLDS, DECIDED, RSVP = "test_offers.py::", "test_holds.py::", "test_decisions.py::", "test_rsvp.py::"
SEATING, INVITED = "test_seating.py::", "test_invitations.py::"
GRANTED, REPLIES = "test_invited.py::", "test_replies.py::"
CLOCK, OWN = "test_rsvp_losses.py::", "test_rsvp_losses_of_guests.py::"

LINES = (
    *lines(
        "events/seating.py",
        (
            "a limit is a limit",
            "return (BOUNDLESS if self.limit is None else self.limit) - self.committed",
            "return BOUNDLESS",
            RSVP + "test_a_party_that_does_not_fit_waits_and_holds_no_seat",
        ),
        (
            "newcomers see no free seat while somebody waits",
            "return 0 if self.others_wait else self.free",
            "return self.free",
            SEATING + "test_a_newcomer_gets_no_seat_while_others_wait",
        ),
        (
            "giving seats back",
            "    if wants <= party.confirmed:\n        return Decision(wants, wants, Queue.NONE)\n",
            "",
            SEATING + "test_giving_seats_back_is_never_refused",
        ),
        (
            "an offer shrinks with the party",
            "return Decision(party.confirmed, wants, Queue.KEEP, wants - party.confirmed)",
            "return Decision(party.confirmed, wants, Queue.KEEP, party.offered)",
            SEATING + "test_whoever_comes_to_want_less_keeps_as_much_of_the_offer",
        ),
        (
            "a party is never split unasked",
            "wants - party.confirmed <= room.free_to_newcomers",
            "room.free_to_newcomers > 0",
            SEATING + "test_a_party_that_is_too_large_waits_as_a_whole",
        ),
        (
            "asking for more costs no offer",
            "Queue.KEEP if stays else Queue.NEW, party.offered)",
            "Queue.KEEP if stays else Queue.NEW)",
            SEATING + "test_asking_for_more_costs_no_offer_that_stands",
        ),
        (
            "a full room without a waiting list says so",
            "        raise Full\n",
            "        pass\n",
            SEATING + "test_without_a_waiting_list_a_full_room_says_so",
        ),
        (
            "asking for less keeps the place",
            "stays = party.awaited > 0 and wants <= party.wanted",
            "stays = False",
            SEATING + "test_a_waiting_party_that_asks_for_less_keeps_its_place",
        ),
        (
            "asking for more goes to the end",
            "stays = party.awaited > 0 and wants <= party.wanted",
            "stays = party.awaited > 0",
            SEATING + "test_a_waiting_party_that_asks_for_more_goes_to_the_end",
        ),
        (
            "what is left of an offer is wanted no longer",
            "wanted = party.wanted - (party.offered - seats)",
            "wanted = party.wanted",
            OFFERS + "test_what_is_left_of_an_offer_goes_to_the_next",
        ),
        (
            "freed seats are held for the head",
            "        if not passing_over:\n            break\n",
            "",
            SEATING + "test_the_head_of_the_queue_holds_the_seats_until_its_party_fits",
        ),
        (
            "seventy-two hours",
            "return starts_at - now <= PASSING_OVER",
            "return False",
            SEATING + "test_seventy_two_hours_before_the_event_the_next_party_that_fits_is_served",
        ),
        (
            "a cancelled event has no door",
            "    if cancelled:\n        return Door.CANCELLED\n",
            "",
            OWN + "test_nobody_answers_to_an_event_that_was_called_off",
        ),
        (
            "a postponed event has no door",
            "    if postponed:\n        return Door.POSTPONED\n",
            "",
            OWN + "test_nobody_answers_to_an_event_while_it_is_postponed",
        ),
        (
            "an event that has begun has no door",
            "    if now >= hours.starts_at:\n        return Door.OVER\n",
            "",
            SEATING + "test_the_door_says_what_will_happen",
        ),
        (
            "the opening",
            "    if hours.opens_at and now < hours.opens_at:\n        return Door.NOT_YET\n",
            "",
            RSVP + "test_an_answer_at_the_wrong_time_is_refused",
        ),
        (
            "the close",
            "    if now >= hours.last_moment:\n        return Door.CLOSED\n",
            "",
            RSVP + "test_an_answer_at_the_wrong_time_is_refused",
        ),
        (
            "answers close with the beginning",
            "return min(self.closes_at or self.starts_at, self.starts_at)",
            "return self.closes_at or self.starts_at",
            SEATING + "test_answers_close_with_the_start_at_the_latest",
        ),
    ),
    *lines(
        "events/offer_clock.py",
        (
            "an hour at least",
            "max(LEAST, min(timedelta(hours=hours), (starts_at - now) / SHARE))",
            "min(timedelta(hours=hours), (starts_at - now) / SHARE)",
            CLOCK + "test_an_offer_stands_for_an_hour_at_least",
        ),
        (
            "shorter near the event",
            "min(timedelta(hours=hours), (starts_at - now) / SHARE)",
            "timedelta(hours=hours)",
            CLOCK + "test_an_offer_is_shorter_near_the_event",
        ),
        (
            "never beyond the beginning",
            "expires_at = min(later(now, allowed, zone), starts_at)",
            "expires_at = later(now, allowed, zone)",
            CLOCK + "test_no_offer_outlasts_the_beginning",
        ),
        (
            "awake hours only",
            "        begins = max(start, opens)\n",
            "        begins, closes = start, start + waking\n",
            OFFERS + "test_the_clock_runs_while_the_guest_is_awake",
        ),
        (
            "no reminder of a short offer",
            "remind = allowed >= TOO_SHORT_TO_REMIND and now < half < expires_at",
            "remind = now < half < expires_at",
            CLOCK + "test_nobody_is_reminded_of_an_offer_of_an_hour",
        ),
    ),
    *lines(
        "events/welcome.py",
        (
            "after the event a guest changes nothing",
            "    if by.is_guest and is_over(desk):\n        raise Refused(REASONS[Door.OVER])\n",
            "    pass\n",
            RSVP + "test_after_the_event_a_guest_changes_nothing",
        ),
        (
            "by invitation only",
            "if desk.policy.mode == Mode.INVITATION:",
            "if False:",
            INVITED + "test_typing_the_address_of_somebody_invited_opens_no_door",
        ),
        (
            "members only",
            "if desk.policy.mode == Mode.MEMBERS and not (member and member.is_current_member):",
            "if False:",
            RSVP + "test_an_event_for_members_takes_members_only",
        ),
        (
            "current members",
            "not (member and member.is_current_member)",
            "not member",
            RSVP + "test_a_membership_that_has_ended_opens_no_door",
        ),
        (
            "nothing is taken once it has begun or was called off",
            "    found = _door(desk)\n    if found in SHUT:\n        raise Refused(REASONS[found])\n\n",
            "\n",
            OWN + "test_no_offer_is_taken_while_the_event_is_postponed",
        ),
        (
            "no first answer to what has begun",
            "    found = _door(desk, invitation)\n    if found in SHUT:\n        raise Refused(REASONS[found])\n",
            "    found = _door(desk, invitation)\n",
            OWN + "test_nobody_answers_to_an_event_that_has_begun_not_even_with_a_no",
        ),
        (
            "the hours of answering",
            "if found in (Door.NOT_YET, Door.CLOSED) and answer.is_yes and by.is_guest:",
            "if False:",
            RSVP + "test_an_answer_at_the_wrong_time_is_refused",
        ),
        (
            "the largest party",
            "if answer.seats > largest:",
            "if False:",
            RSVP + "test_a_party_larger_than_allowed_is_refused_beside_the_seats",
        ),
        (
            "a full event without a waiting list takes no newcomer",
            " and not room.has_waiting_list:",
            " and False:",
            OWN + "test_whoever_comes_to_a_full_event_without_a_waiting_list_learns_nothing_of_who_answered",
        ),
        (
            "growth is for those whom the event is for",
            "    check_welcome(desk, by, rsvp.member or answer.member, invited=invited)\n",
            "",
            INVITED + "test_a_revoked_invitation_leaves_the_answer_and_takes_no_more_seats",
        ),
        (
            "no growth after the close",
            "    check_door(desk, by, answer, rsvp.invitation)\n    is_asking",
            "    is_asking",
            RSVP + "test_more_seats_after_the_close_are_refused_and_nothing_changes",
        ),
        (
            "no growth beyond what was admitted",
            " and not invited and not is_asking:",
            " and False:",
            DECIDED + "test_an_admitted_party_does_not_grow_by_itself_but_shrinks",
        ),
        (
            "the hosts decide",
            "return by.is_guest and asks and not is_invited(desk, rsvp)",
            "return False",
            DECIDED + "test_a_request_holds_no_seat",
        ),
        (
            "invited guests need not ask",
            "return by.is_guest and asks and not is_invited(desk, rsvp)",
            "return by.is_guest and asks",
            DECIDED + "test_invited_guests_need_not_ask",
        ),
        (
            "the proof of an address",
            "return desk.policy.verify_email and by.is_guest and not answer.member and invitation is None",
            "return False",
            DECIDED + "test_an_answer_counts_once_its_address_is_verified",
        ),
        (
            "whom we know need not verify",
            "return desk.policy.verify_email and by.is_guest and not answer.member and invitation is None",
            "return desk.policy.verify_email",
            DECIDED + "test_whom_we_know_need_not_verify",
        ),
        (
            "a revoked invitation opens nothing",
            "    if fresh is None:\n",
            "    if False:\n",
            INVITED + "test_an_invitation_revoked_while_its_form_was_open_opens_nothing",
        ),
        (
            "nobody answers in the name of another guest",
            "if answer.email.strip() and invitations.exclude(pk=fresh.pk).filter(email_key=given).exists():",
            "if False:",
            INVITED + "test_the_answer_to_one_invitation_is_never_that_to_another",
        ),
        (
            "a link bound to a name is for that guest",
            "return not invitation.is_bound or not by.is_guest or named",
            "return True",
            GRANTED + "test_whoever_comes_by_a_forwarded_link_may_only_ask",
        ),
        (
            "a forwarded link asks, and takes no seat",
            "asks = desk.policy.mode == Mode.APPROVAL or rsvp.forwarded_id is not None",
            "asks = desk.policy.mode == Mode.APPROVAL",
            GRANTED + "test_whoever_comes_by_a_forwarded_link_may_only_ask",
        ),
        (
            "nobody takes the invited guest's address",
            "    if invitation.email_key and invitation.email_key == comparable(answer.email):",
            "    if False:",
            GRANTED + "test_nobody_takes_the_place_of_the_invited_guest_with_that_address",
        ),
        (
            "a link proves a membership only where it went to the member",
            "return member if named and invitation.email_key == comparable(member.email) else None",
            "return member",
            GRANTED + "test_a_link_that_went_elsewhere_proves_no_membership",
        ),
        (
            "whoever else holds a member's link is no member by it",
            "return member if named and ",
            "return member if ",
            GRANTED + "test_whoever_else_answers_by_a_members_link_is_no_member_by_it",
        ),
    ),
    *lines(
        "events/outlook.py",
        (
            "a deadline of one's own",
            "closes_at = (invitation and invitation.answer_by) or policy.closes_at",
            "closes_at = policy.closes_at",
            GRANTED + "test_a_guest_with_a_deadline_of_their_own_answers_after_the_others",
        ),
        (
            "a largest party of one's own",
            "return (invitation and invitation.largest_party) or policy.largest_party",
            "return policy.largest_party",
            GRANTED + "test_a_guest_may_be_invited_alone_and_stays_so",
        ),
    ),
    *lines(
        "events/recording.py",
        (
            "the invited name stays",
            "    if invited is None or not invited.is_bound or same_name(",
            "    if True or same_name(",
            GRANTED + "test_the_name_that_was_invited_stays_when_the_answer_is_changed",
        ),
        (
            "fewer seats are taken even under another name",
            "    if answer.seats < rsvp.seats_wanted:\n        return replace(answer, name=rsvp.name)\n",
            "",
            GRANTED + "test_the_name_that_was_invited_stays_when_the_answer_is_changed",
        ),
    ),
    *lines(
        "events/people_of_party.py",
        (
            "a row that passes to another takes nothing along",
            "    if is_another:\n        QuestionAnswer",
            "    if False:\n        QuestionAnswer",
            REPLIES + "test_whoever_takes_the_place_of_a_guest_takes_no_answer_along",
        ),
        (
            "a guest keeps the row when another leaves",
            "    for place, name in enumerate(names):\n        if kept[place] is None and (same",
            "    for place, name in enumerate(names):\n        if False and (same",
            REPLIES + "test_an_answer_stays_with_its_guest_when_another_leaves_the_party",
        ),
    ),
)

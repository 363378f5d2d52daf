"""What the hosts do: decisions about one party, blocks of seats, limits, and the event itself."""

from tests.losses.loss import lines

OFFERS, HOLDS, DECIDED, RSVP = "test_offers.py::", "test_holds.py::", "test_decisions.py::", "test_rsvp.py::"
INVITED, OWN = "test_invitations.py::", "test_rsvp_losses_of_hosts.py::"

LINES = (
    *lines(
        "events/deciding.py",
        (
            "only requests are admitted",
            "        if fresh.status == Status.REQUESTED:\n            welcome.check_open(desk)\n",
            "        if True:\n            welcome.check_open(desk)\n",
            OWN + "test_whoever_withdrew_a_request_is_not_admitted_after_all",
        ),
        (
            "nobody is admitted to what is called off",
            "            welcome.check_open(desk)\n            if seats",
            "            if seats",
            OWN + "test_nobody_is_admitted_while_the_event_is_postponed",
        ),
        (
            "no more is admitted than the hosts saw",
            "if seats not in (None, fresh.seats_wanted):",
            "if False:",
            "test_rsvp_gains.py::test_the_desk_admits_no_more_than_the_hosts_saw",
        ),
        (
            "only requests are refused",
            "Status.REQUESTED:\n            fresh.reply = message\n            desk.seat(fresh, NOTHING",
            "fresh.status:\n            fresh.reply = message\n            desk.seat(fresh, NOTHING",
            OWN + "test_a_party_that_was_admitted_is_not_refused_afterwards",
        ),
        (
            "only who waits has a class",
            "        if fresh.queue_number is None:\n",
            "        if False:\n",
            OWN + "test_a_party_that_does_not_wait_is_put_into_no_class",
        ),
        (
            "no more is offered than a party waits for",
            "        if not 1 <= seats <= fresh.seats_unserved or fresh.queue_number is None:\n",
            "        if False:\n",
            OWN + "test_staff_offer_no_more_than_a_party_waits_for",
        ),
        (
            "staff cannot overbook by an offer",
            "        if seats > desk.free:\n",
            "        if False:\n",
            OFFERS + "test_staff_offer_free_seats_out_of_turn_with_a_reason",
        ),
        (
            "nothing is offered while the event is postponed",
            "        welcome.check_open(desk)\n        if not 1",
            "        if not 1",
            OWN + "test_staff_offer_nothing_while_the_event_is_postponed",
        ),
        (
            "a removed answer keeps no personal data",
            "        blank(fresh)\n",
            "",
            DECIDED + "test_a_removed_answer_gives_back_its_seats_and_keeps_no_personal_data",
        ),
        (
            "a removed delegation gives back its block",
            "        if fresh.hold and fresh.hold.is_live:\n            desk.release(fresh.hold, by)\n",
            "",
            OWN + "test_a_delegation_that_is_removed_gives_back_its_block",
        ),
    ),
    *lines(
        "events/holds.py",
        (
            "only free seats are held",
            "    if seats > desk.free:\n",
            "    if False:\n",
            HOLDS + "test_seats_that_are_not_free_are_not_held",
        ),
        (
            "a reason where somebody waits",
            "    if desk.someone_waits and not by.reason.strip():\n",
            "    if False:\n",
            OWN + "test_seats_that_somebody_waits_for_are_held_with_a_reason_only",
        ),
        (
            "no block for an invitation that is answered",
            "        if block.invitation and block.invitation.answer:\n",
            "        if False:\n",
            OWN + "test_nothing_is_reserved_for_an_invitation_that_was_answered",
        ),
        (
            "a delegation has one block",
            "if block.invitation is None and known.exists():",
            "if False:",
            "test_rsvp_gains.py::test_the_button_pressed_twice_keeps_no_block_twice",
        ),
        (
            "no block for an invitation that was revoked",
            "if block.invitation and not live.filter(pk=block.invitation.pk).exists():",
            "if False:",
            "test_rsvp_gains.py::test_no_seats_are_kept_for_an_invitation_that_can_take_none",
        ),
        (
            "a block grows by free seats only",
            "            _check_free(desk, more, by)\n",
            "            pass\n",
            OWN + "test_a_block_grows_by_no_more_seats_than_are_free",
        ),
        (
            "a released block grows no more",
            "        if not fresh.is_live:\n            raise",
            "        if False:\n            raise",
            OWN + "test_a_block_that_was_released_grows_no_more",
        ),
        (
            "a block shrinks down to its people",
            "        if seats < named:\n",
            "        if False:\n",
            HOLDS + "test_a_block_grows_and_shrinks_down_to_its_people",
        ),
        (
            "names are fixed from the freeze on",
            "        if by.is_guest and _is_frozen(desk, fresh) and Counter(names) - Counter(before):\n",
            "        if False:\n",
            HOLDS + "test_from_the_freeze_on_people_can_only_be_taken_off",
        ),
        (
            "no more names than seats",
            "        if len(names) > named + room:\n",
            "        if False:\n",
            HOLDS + "test_more_names_than_seats_are_refused_and_nothing_changes",
        ),
        (
            "a released block takes no names",
            "room = fresh.seats_unnamed if fresh.is_live else 0",
            "room = fresh.seats - named",
            OWN + "test_a_block_that_was_released_takes_no_more_names",
        ),
        (
            "no more is given back than nobody is named for",
            "        if not 1 <= seats <= fresh.seats_unnamed:\n",
            "        if False:\n",
            OWN + "test_no_more_seats_are_given_back_than_nobody_is_named_for",
        ),
        (
            "a block is released once",
            "        if fresh.is_live:\n            desk.release",
            "        if True:\n            desk.release",
            "test_rsvp_losses.py::test_a_block_is_released_once",
        ),
    ),
    *lines(
        "events/hosting.py",
        (
            "the limit never falls below what is promised",
            "        if seats is not None and seats < desk.policy.seats_committed:\n",
            "        if False:\n",
            RSVP + "test_fewer_seats_than_promised_are_refused_with_the_ways_out",
        ),
        (
            "the limit never falls below the largest party",
            "        if seats is not None and seats < desk.policy.largest_party:\n",
            "        if False:\n",
            OWN + "test_there_are_at_least_as_many_seats_as_the_largest_party_has_guests",
        ),
        (
            "a new limit is noted",
            "            desk.remark(by, Kind.LIMIT, before=_number(before), after=_number(seats))\n",
            "",
            OWN + "test_a_new_limit_is_noted_with_who_and_why",
        ),
        (
            "calling off releases the blocks",
            "            desk.release(hold, by)\n    return told",
            "    return told",
            HOLDS + "test_cancelling_the_event_releases_blocks",
        ),
        (
            "nobody is told of what is over",
            "        if is_over(desk):\n            return 0\n",
            "",
            INVITED + "test_nobody_is_told_when_the_record_of_an_event_changes",
        ),
        (
            "an event moved nearer ends its offers",
            "        _shorten_offers(desk)\n",
            "",
            OFFERS + "test_an_event_moved_nearer_ends_its_offers_when_it_begins",
        ),
        (
            "calling off gives all seats back",
            "    if release:\n        _release(desk, parties)\n",
            "    if release:\n        pass\n",
            RSVP + "test_a_cancelled_event_frees_everybody_and_tells_them",
        ),
        (
            "postponing recalls offers",
            "        _recall(desk, [rsvp for rsvp in parties if rsvp.seats_offered])\n",
            "        pass\n",
            OFFERS + "test_postponing_recalls_offers_and_keeps_places",
        ),
        (
            "what is done to all is noted for each",
            "    RsvpTransition.objects.bulk_create(changes, batch_size=AT_ONCE)\n",
            "",
            RSVP + "test_a_cancelled_event_frees_everybody_and_tells_them",
        ),
    ),
    *lines(
        "events/admin/events.py",
        (
            "the lock of an event's form",
            "                RsvpPolicy.objects.select_for_update().filter(event_id=object_id).first()\n",
            "                pass\n",
            "test_races_in_the_admin.py::test_staff_change_the_address_while_guests_answer_and_nobody_waits_forever",
        ),
    ),
)

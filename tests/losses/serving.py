"""The lock, the sweeps, and the serving of those who wait."""

from tests.losses.loss import lines

OFFERS, HOLDS, DECIDED, RSVP = "test_offers.py::", "test_holds.py::", "test_decisions.py::", "test_rsvp.py::"
RACES, OWN = "test_races.py::", "test_rsvp_losses.py::"
IDLE = OWN + "test_nothing_is_swept_where_nothing_is_due"
LATE = RSVP + "test_shortly_before_the_event_freed_seats_go_to_the_next_party_that_fits"

LINES = (
    *lines(
        "events/serving.py",
        (
            "the lock of the desk",
            "RsvpPolicy.objects.select_for_update().filter",
            "RsvpPolicy.objects.filter",
            RACES + "test_twelve_cancellations_of_one_party_free_its_seats_once",
        ),
        (
            "the end of patience at the desk",
            "        _be_quick()\n        policy",
            "        policy",
            OWN + "test_nobody_stands_before_the_desk_for_longer_than_three_seconds",
        ),
        (
            "whether somebody waits, anew after offers lapsed",
            "        desk.someone_waits = desk.answers().waiting().exists()\n",
            "",
            OWN + "test_a_seat_is_free_when_the_last_offer_has_lapsed",
        ),
        (
            "the sweep of offers",
            "        _let_offers_lapse(desk)\n",
            "        pass\n",
            OFFERS + "test_an_offer_that_nobody_takes_lapses_and_goes_on",
        ),
        (
            "the sweep of answers never verified",
            "        _forget_unverified(desk)\n",
            "        pass\n",
            DECIDED + "test_an_unverified_answer_leaves_no_trace_after_a_day",
        ),
        (
            "the sweep of blocks at their freeze",
            "        _release_frozen(desk)\n",
            "        pass\n",
            HOLDS + "test_at_the_freeze_unnamed_seats_go_to_those_who_wait",
        ),
        (
            "settling at the end of each turn",
            "        settle(desk)\n",
            "",
            OFFERS + "test_freed_seats_are_offered_to_the_head_of_the_line",
        ),
        (
            "handing over the mails",
            "        desk.letters.hand_over()\n",
            "",
            OWN + "test_everybody_is_written_to_about_their_answer",
        ),
        (
            "only late offers lapse",
            "filter(expires_at__lte=now)",
            "all()",
            OWN + "test_an_offer_that_lapses_takes_no_other_with_it",
        ),
        (
            "an offer is late at its end",
            "filter(expires_at__lte=now)",
            "filter(expires_at__lt=now)",
            OWN + "test_an_offer_is_over_at_its_end_and_not_before",
        ),
        (
            "only live offers lapse",
            "SeatOffer.objects.live().filter(expires_at__lte=now)",
            "SeatOffer.objects.filter(expires_at__lte=now)",
            OWN + "test_an_offer_that_was_taken_does_not_lapse_when_its_time_is_over",
        ),
        (
            "offers are looked for when they are late",
            " and offer.expires_at <= %(now)s",
            "",
            IDLE + "[an_offer_that_stands]",
        ),
        (
            "offers that are over are not looked for",
            " and offer.ended_at is null",
            "",
            IDLE + "[an_offer_that_was_taken]",
        ),
        (
            "the last second of an offer",
            "offer.expires_at <= %(now)s",
            "offer.expires_at < %(now)s",
            OWN + "test_an_offer_is_over_at_its_end_and_not_before",
        ),
        (
            "the day in which an address can be verified",
            "answered_at__lte=now - VERIFY_WITHIN",
            "answered_at__lte=now",
            OWN + "test_an_answer_of_today_is_not_forgotten_with_one_of_yesterday",
        ),
        (
            "unverified answers are looked for after a day",
            " and answered_at <= %(a_day_ago)s",
            "",
            IDLE + "[an_answer_to_be_verified]",
        ),
        (
            "only unverified answers are forgotten",
            "Rsvp.objects.filter(status=Rsvp.Status.UNVERIFIED, answered_at",
            "Rsvp.objects.filter(answered_at",
            OWN + "test_an_answer_that_counts_is_not_forgotten_after_a_day",
        ),
        (
            "unnamed seats that staff keep",
            "filter(freezes_at__lte=now, keeps_unnamed=False)",
            "filter(freezes_at__lte=now)",
            OWN + "test_a_block_that_freezes_takes_no_other_with_it",
        ),
        (
            "blocks are looked for at their freeze",
            " and freezes_at <= %(now)s and not keeps_unnamed",
            " and not keeps_unnamed",
            IDLE + "[a_block_before_its_freeze]",
        ),
        (
            "blocks that staff keep are not looked for",
            " and not keeps_unnamed",
            "",
            IDLE + "[a_block_whose_seats_are_kept]",
        ),
        (
            "a block keeps its seats until the freeze",
            "filter(freezes_at__lte=now, keeps_unnamed=False)",
            "filter(keeps_unnamed=False)",
            OWN + "test_a_block_that_freezes_takes_no_other_with_it",
        ),
        (
            "the worker comes for late offers",
            "            *late,\n",
            "",
            OFFERS + "test_an_offer_that_nobody_takes_lapses_and_goes_on",
        ),
        (
            "the worker comes for answers never verified",
            '            *_never_verified(now).values_list("event", flat=True),\n',
            "",
            DECIDED + "test_an_unverified_answer_leaves_no_trace_after_a_day",
        ),
        (
            "the worker comes for blocks at their freeze",
            '            *_frozen(now).values_list("event", flat=True),\n',
            "",
            HOLDS + "test_at_the_freeze_unnamed_seats_go_to_those_who_wait",
        ),
        (
            "whether somebody waits",
            "exists (select from events_rsvp where event_id = event.id and queue_number is not null) as",
            "false as",
            OFFERS + "test_freed_seats_are_offered_to_the_head_of_the_line",
        ),
        (
            "what a party has stays its own when its offer lapses",
            'ends = "" if decision.confirmed else Rsvp.Status.LAPSED',
            "ends = Rsvp.Status.LAPSED",
            OFFERS + "test_a_lapsed_offer_costs_no_confirmed_seat",
        ),
        (
            "nobody is served once the event has begun",
            " or desk.now >= starts_at",
            "",
            OFFERS + "test_no_seat_is_offered_once_the_event_has_begun",
        ),
        (
            "nobody is served while the event is postponed",
            " or desk.event.state != Event.State.ON:\n",
            ":\n",
            RSVP + "test_a_postponed_event_promotes_nobody",
        ),
        (
            "serving goes on until the seats are given out",
            "    while desk.someone_waits",
            "    if desk.someone_waits",
            OFFERS + "test_raising_the_limit_offers_to_all_who_fit",
        ),
        (
            "near the event, others than the head",
            "    if head is None or not passing_over or head.seats_unserved <= desk.free:\n",
            "    if True:\n",
            LATE,
        ),
        (
            "near the event, whoever takes any seat",
            "        others.append(queue.filter(takes_any=True).first())\n",
            "        pass\n",
            OWN + "test_near_the_event_whoever_takes_any_seat_gets_one_behind_a_party_that_is_never_split",
        ),
        (
            "a party that takes any seat is not asked",
            "is_asked=offers and not rsvp.takes_any",
            "is_asked=offers",
            OFFERS + "test_whoever_takes_any_seat_is_seated_without_being_asked",
        ),
        (
            "who takes any seat may be seated in part",
            "takes_part=offers or rsvp.takes_any",
            "takes_part=offers",
            OWN + "test_whoever_takes_any_seat_is_seated_in_part_where_others_are_never_split",
        ),
        (
            "whoever gets a part stays in line",
            "queue = Queue.KEEP if party.wanted > confirmed else Queue.NONE\n    decision",
            "queue = Queue.NONE\n    decision",
            OWN + "test_whoever_takes_any_seat_is_seated_in_part_where_others_are_never_split",
        ),
    ),
    *lines(
        "events/tasks.py",
        (
            "the worker serves those who wait",
            "waited_for.distinct() | something_due.distinct()",
            "something_due.distinct()",
            RSVP + "test_at_seventy_two_hours_the_worker_serves_the_next_party_that_fits",
        ),
        (
            "the worker comes for what is due",
            "waited_for.distinct() | something_due.distinct()",
            "waited_for.distinct()",
            OFFERS + "test_an_offer_that_nobody_takes_lapses_and_goes_on",
        ),
        (
            "the worker serves where there is no limit",
            " | Q(rsvp_policy__seat_limit=None)",
            "",
            OWN + "test_the_worker_serves_those_who_wait_where_there_is_no_limit_any_more",
        ),
    ),
    *lines(
        "events/models/rsvp.py",
        (
            "who holds a seat, waits or asks",
            "return self.filter(status__in=Rsvp.LIVE)",
            "return self.all()",
            OWN + "test_nobody_is_told_of_a_change_who_does_not_come",
        ),
        (
            "an unverified answer is none yet",
            "return self.exclude(status=Rsvp.Status.UNVERIFIED)",
            "return self.all()",
            DECIDED + "test_an_unverified_answer_blocks_nobodys_address_and_no_seat",
        ),
        (
            "the order of the line",
            'return self.exclude(queue_number=None).order_by("priority", "queue_number")',
            "return self.exclude(queue_number=None)",
            OFFERS + "test_whoever_the_hosts_put_first_is_served_first_with_a_reason",
        ),
        (
            "the order within a class",
            'return self.exclude(queue_number=None).order_by("priority", "queue_number")',
            'return self.exclude(queue_number=None).order_by("priority", "-queue_number")',
            RSVP + "test_freed_seats_go_to_the_head_of_the_queue",
        ),
        (
            "the line is those who wait",
            "return self.exclude(queue_number=None).order_by",
            "return self.order_by",
            OWN + "test_a_seat_is_free_when_the_last_offer_has_lapsed",
        ),
        (
            "an offer that covers all is waited for no longer",
            'return self.waiting().filter(seats_wanted__gt=F("seats_confirmed") + F("seats_offered"))',
            "return self.waiting()",
            OFFERS + "test_raising_the_limit_offers_to_all_who_fit",
        ),
    ),
    *lines(
        "events/models/seats.py",
        (
            "an offer that is over holds nothing",
            "return self.filter(ended_at=None)",
            "return self.all()",
            OFFERS + "test_whoever_takes_a_partial_offer_stays_in_line_for_the_rest",
        ),
        (
            "a block that was released holds nothing",
            "return self.filter(released_at=None)",
            "return self.all()",
            OWN + "test_a_block_is_released_once",
        ),
    ),
)

"""What the machine found wanting, and was mended: each is lost again by a name of test_rsvp_regressions."""

from tests.losses.loss import lines

MENDED = "test_rsvp_regressions.py::"

LINES = (
    *lines(
        "events/serving.py",
        (
            "those who waited are served before a newcomer is heard",
            "settle(desk)  # what became free by the clock alone is theirs who waited then, not that of a newcomer",
            "pass",
            MENDED + "test_what_the_clock_freed_is_not_for_a_member_who_comes_only_now",
        ),
    ),
    *lines(
        "events/welcome.py",
        (
            "a full room is full for those who ask again",
            "    if not rsvp.is_live:\n        check_room(desk, answer)",
            "    if False:\n        check_room(desk, answer)",
            MENDED + "test_who_asks_again_to_come_finds_a_full_room_as_full_as_a_newcomer_does",
        ),
    ),
    *lines(
        "events/rsvp.py",
        (
            "nothing is withdrawn when the event is over",
            "            welcome.check_not_over(desk, by)\n",
            "",
            MENDED + "test_nobody_withdraws_from_what_is_over",
        ),
        (
            "who takes any seat is not asked again",
            "        if fresh.takes_any and fresh.seats_offered:\n",
            "        if False:\n",
            MENDED + "test_who_comes_to_take_any_seat_takes_those_that_are_offered",
        ),
    ),
    *lines(
        "events/desk.py",
        (
            "an undo gives back no second “not now”",
            "rsvp.has_deferred = rsvp.has_deferred and place is not None",
            "rsvp.has_deferred = False",
            MENDED + "test_not_now_is_said_once_even_after_a_withdrawal_undone",
        ),
        (
            "a number behind the next that no other class has",
            "others = self.answers().filter(queue_number__gt=ahead.queue_number)",
            "others = self.answers().filter(queue_number__gt=ahead.queue_number, priority=ahead.priority)",
            MENDED + "test_not_now_takes_no_number_of_another_class",
        ),
        (
            "a number behind the last that no newcomer gets",
            "following) if following else self._next_number()",
            "following or (ahead.queue_number or Decimal(0)) + 2)",
            MENDED + "test_not_now_behind_the_last_takes_no_number_that_a_newcomer_gets",
        ),
        (
            "who waits is not seated by asking for less while nobody is served",
            " and asking.queue_number is not None and self.serves:",
            " and asking.queue_number is not None:",
            MENDED + "test_nobody_is_seated_while_it_is_postponed_by_asking_for_less",
        ),
    ),
    *lines(
        "events/holds.py",
        (
            "names are not fixed on a day that was given up",
            "return desk.now >= hold.freezes_at if hold.freezes_at else desk.event.has_begun_at(desk.now)",
            "return desk.now >= (hold.freezes_at or desk.event.starts_at)",
            MENDED + "test_the_names_of_a_block_are_not_fixed_on_a_day_that_was_given_up",
        ),
    ),
)

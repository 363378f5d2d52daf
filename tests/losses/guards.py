"""What PostgreSQL holds by itself: constraints, unique indexes and triggers."""

from tests.losses.loss import Guard

FILE = "tests/events/test_rsvp_guards.py"
OF_ANSWERS = (
    "rsvp_one_per_address",
    "rsvp_one_per_member",
    "rsvp_form_once",
    "rsvp_queue_number_once",
    "rsvp_seats_fit_status",
    "rsvp_wants_what_it_has",
    "rsvp_waits_for_what_it_lacks",
    "rsvp_known_priority",
    "rsvp_delegation_never_waits",
    "guest_one_lead",
    "guest_position_once",
    "guest_lead_has_name",
)
OF_SEATS_AND_RULES = (
    "offer_one_live",
    "offer_of_a_seat",
    "offer_ends_after_it_is_made",
    "offer_reminder_within",
    "offer_ended_with_outcome",
    "offer_taken_fits",
    "hold_unnamed_fit",
    "hold_released_holds_nothing",
    "policy_never_overbooked",
    "policy_opens_before_closing",
    "policy_largest_party_fits",
    "policy_offer_hours_in_reach",
    "policy_retention_in_reach",
    "policy_sensitive_in_reach",
    "invitation_party_in_reach",
    "invitation_reminded_after_it_was_sent",
    "desk_note_says_what",
)
COUNTING = {
    "events_rsvp_insert_counted": "test_the_database_counts_the_seats_of_a_new_answer",
    "events_rsvp_update_counted": "test_the_database_counts_the_seats_that_a_party_gives_back",
    "events_rsvp_delete_counted": "test_the_database_counts_the_seats_of_an_answer_that_is_deleted",
    "events_seathold_insert_counted": "test_the_database_counts_the_seats_of_a_new_block",
    "events_seathold_update_counted": "test_the_database_counts_the_seats_that_a_block_releases",
    "events_seathold_delete_counted": "test_the_database_counts_the_seats_of_a_block_that_is_deleted",
}
AGREEING = {
    "rsvp_agrees": "test_the_database_refuses_to_part[an answer from its history]",
    "rsvp_offer_agrees": "test_the_database_refuses_to_part[an offer from its answer]",
    "rsvp_guests_agree": "test_the_database_refuses_to_part[guests from the seats of their party]",
    "transitions_append_only": "test_the_record_of_changes_is_only_ever_added_to[rsvptransition-delete from events_{}]",
    "desk_notes_append_only": "test_the_record_of_changes_is_only_ever_added_to[desknote-delete from events_{}]",
}
GUARDS = (
    *(Guard(name, f"{FILE}::test_the_database_refuses_an_answer_that_breaks[{name}]") for name in OF_ANSWERS),
    *(
        Guard(name, f"{FILE}::test_the_database_refuses_seats_and_rules_that_break[{name}]")
        for name in OF_SEATS_AND_RULES
    ),
    Guard(
        "invitation_one_per_address",
        "tests/events/test_invitations.py::test_an_address_has_one_live_invitation_to_an_event",
    ),
    *(Guard(name, f"{FILE}::{test}") for name, test in {**COUNTING, **AGREEING}.items()),
)

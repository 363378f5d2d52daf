"""The form of an event in the order in which a curator thinks: what, when and where, for whom, what became of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDSETS: Any = [
    (
        _("What it is"),
        {
            "fields": [("kind", "visibility"), ("series", "part_of"), "is_illustration"],
            "description": _(
                "An unlisted event is open to whoever has its address, and stands in no list. Events that return "
                "under one name, such as the summits of an alliance, form a series; the sessions of a congress are "
                "part of it."
            ),
        },
    ),
    (
        _("When and where"),
        {
            "fields": [
                ("starts_at", "ends_at"),
                "timezone",
                ("held", "held_until"),
                "venue",
                ("place_en", "place_zh_hans"),
            ],
            "description": _(
                "Give start and end where you know the hours: the dates below follow from them. Where you know only a "
                "day, a month or a year, leave them empty and give the date."
            ),
        },
    ),
    (
        _("Whom it concerns"),
        {
            "fields": ["hosts", "relationships", ("marks", "marks_years"), "sectors"],
            "description": _(
                "Name all relationships that it served: it then stands on their pages and on those of their cities. "
                "Where it marks an anniversary, say of which one and how many years."
            ),
        },
    ),
    (
        _("What guests should know"),
        {"fields": [("dress_code_en", "dress_code_zh_hans"), ("spoken_en", "spoken_zh_hans")]},
    ),
    (
        _("Whether it takes place"),
        {
            "fields": ["state", "planned_for", ("notice_en", "notice_zh_hans")],
            "description": _(
                "Cancelling an event withdraws every answer, and tells every guest by mail. "
                "When it is postponed, guests are told and their answers stand. Until you give a new start it stands "
                "under “postponed”, neither to come nor past; with a new start the page shows both dates. For another "
                "hour on the same day let it take place, and change the start."
            ),
        },
    ),
    (
        _("The record afterwards"),
        {
            "fields": ["signed", ("attendance_en", "attendance_zh_hans")],
            "description": _(
                "Who was there, pictures and documents are entered further down; speeches have pages of their own, "
                "under remarks. The sources of the number of guests are cited below for the claim “attendance”. Press "
                "that you cite stands apart on the page, under “In the press”."
            ),
        },
    ),
]

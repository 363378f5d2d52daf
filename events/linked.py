"""Events, series and remarks for machines (schema.org): how an event stands now, and whether seats are free."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from events.models import Event, Remark, Series
from events.occasion import Occasion
from events.outlook import Outlook
from events.record import Record
from events.seating import Door
from relationships.linked import place
from relationships.models import Organisation
from sistercities.pages.bilingual import html_language
from sistercities.pages.linked import (
    Node,
    address,
    association,
    day,
    describes,
    identity,
    image,
    other_names,
    reference,
    references,
    title_of,
    written_in,
)
from sistercities.pages.safe_text import one_line

SCHEMA = "https://schema.org/"
# What a newcomer would find; a door that is shut, or was never there, is no offer.
AVAILABILITY = {
    Door.OPEN: "InStock",
    Door.WAITING_LIST: "SoldOut",
    Door.FULL: "SoldOut",
    Door.NOT_YET: "PreOrder",
}
CURRENCY = "USD"  # a price needs one, also where it is nothing
FEW = 3  # of each kind of part: the page itself has them all, and stays light


@describes(Event, "Event")
def event(page: Event, shown: Mapping[str, Any]) -> Node:
    """An event: when, where, by whom, whether it is held, what seats are left, and what belongs to it."""
    record: Record | None = shown.get("record") if isinstance(shown.get("record"), Record) else None
    occasion = record.occasion if record else Occasion(page)
    where = location(occasion)
    seats = offer(page, shown.get("outlook"))
    return {
        "alternateName": other_names(page),
        **moments(page),
        "location": where,
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode" if where else None,
        "organizer": [body(host) for host in record.hosts[:FEW]]
        if record and record.hosts
        else association(),
        "about": references(occasion.bonds),
        "offers": seats,
        "isAccessibleForFree": True if seats else None,
        **(parts(page, record) if record else {}),
    }


def moments(page: Event) -> Node:
    """When it begins and ends, how it stands, and when it was to begin before it was put off."""
    start = page.local_start.isoformat(timespec="minutes") if page.starts_at else day(page.held)
    end = page.local_end.isoformat(timespec="minutes") if page.ends_at else day(page.held_until)
    moved = page.planned_for and page.planned_for != page.held
    status = "EventScheduled"
    if page.is_cancelled:
        status = "EventCancelled"
    elif page.awaits_date:
        status = "EventPostponed"
    elif moved:
        status = "EventRescheduled"
    return {
        "startDate": start,
        "endDate": end,
        "eventStatus": f"{SCHEMA}{status}",
        "previousStartDate": day(page.planned_for) if status == "EventRescheduled" else None,
    }


def location(occasion: Occasion) -> Node:
    """The venue with its address; the position is that of its city, for nobody measured the venue."""
    event, city = occasion.event, occasion.city
    name = one_line(occasion.place)
    if not name and city is None:
        return {}
    street = str(event.venue.address) if event.venue else ""
    postal = {
        "@type": "PostalAddress",
        "streetAddress": street,
        "addressLocality": str(city.title) if city else "",
        "addressCountry": city.country_code if city else "",
    }
    return {
        "@type": "Place",
        "name": name or (title_of(city) if city else ""),
        "address": postal if street or city else name,
        "containedInPlace": place(city) if city else None,
    }


def body(host: Organisation) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#organisation-{host.pk}",
        "name": one_line(host.name) or host.slug,
    }


def offer(page: Event, outlook: Outlook | None) -> Node:
    """Free seats for everybody, as the page itself tells of them; seats for members or the invited are no offer."""
    if outlook is None or outlook.door not in AVAILABILITY or outlook.members_only or outlook.by_invitation:
        return {}
    return {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": CURRENCY,
        "availability": f"{SCHEMA}{AVAILABILITY[outlook.door]}",
        "url": settings.SITE_URL + reverse("events:rsvp", args=[page.slug]),
        "validFrom": outlook.opens_at.isoformat(timespec="minutes") if outlook.opens_at else None,
        "validThrough": outlook.last_moment.isoformat(timespec="minutes") if outlook.last_moment else None,
    }


def parts(page: Event, record: Record) -> Node:
    """What the page tells beside: who speaks or spoke, what it is part of, what was said, its pictures."""
    on_stage = [person for item in record.programme if (person := getattr(item, "shown_person", None))]
    speakers = {person.pk: person for person in (*(each.speaker for each in record.remarks), *on_stage)}
    above = [each for each in (record.umbrella, page.series) if each]
    return {
        "performer": references(list(speakers.values())[:FEW]),
        "superEvent": references(above),
        "subEvent": [{**reference(each.event), **moments(each.event)} for each in record.sessions[:FEW]],
        "workFeatured": references([*record.remarks[:FEW], *record.agreements[:FEW]]),
        "image": [image(picture) for picture in record.pictures[:FEW]],
        "inLanguage": sorted(
            {html_language(each.original_language) for each in record.remarks if each.original_language}
        ),
    }


@describes(Series, "EventSeries")
def series(page: Series, shown: Mapping[str, Any]) -> Node:
    """Events that follow each other under one name; those that the page shows."""
    held = [knot.occasion.event for knot in list(shown.get("page_obj", []))[:FEW]]
    return {
        "alternateName": other_names(page),
        "about": references([page.relationship] if page.relationship else []),
        "organizer": association(),
        "subEvent": [{**reference(each), **moments(each)} for each in held],
    }


@describes(Remark, "CreativeWork")
def remark(page: Remark, shown: Mapping[str, Any]) -> Node:
    """What somebody said: in which language, on which occasion; its translation as a work of its own."""
    speech = shown.get("speech")
    spoken_in = html_language(page.original_language) if page.original_language else ""
    columns = speech.columns if speech else []
    return {
        "alternateName": other_names(page),
        "author": reference(page.speaker),
        "inLanguage": spoken_in or written_in(page),
        "dateCreated": day(page.event.held),
        "datePublished": page.publish_at.isoformat(timespec="seconds"),
        "dateModified": page.updated_at.isoformat(timespec="seconds"),
        "recordedAt": {**reference(page.event), **moments(page.event)},
        "genre": str(page.get_form_display()),
        "publisher": association(),
        "workTranslation": [
            {
                "@type": "CreativeWork",
                "@id": f"{identity(page)}-{each.language}",
                "name": title_of(page),
                "url": f"{address(page)}?show={each.language}",
                "inLanguage": each.lang,
                "creativeWorkStatus": str(each.rendering_label),
                "translationOfWork": {"@id": identity(page)},
            }
            for each in columns
            if spoken_in and each.lang.lower() != spoken_in.lower()
        ],
    }

"""Plain functions that make what a test needs, valid and published unless told otherwise."""

import functools
import itertools
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from events.models import Event, GuestTag, Invitation, Remark, Rsvp, RsvpPolicy, Venue
from events.rsvp import Answer, respond
from people.models import Member, Person, PersonName
from relationships.models import Agreement, City, Milestone, Party, Relationship
from sistercities.news.models import Story, StorySubject, Topic
from sistercities.pages.dates import parse
from sistercities.pages.models import Citation, Document, Picture, Source, Status
from sistercities.pages.publishing import refresh

_numbers = itertools.count(1)
PAST = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


def _page(slug: str, en: str, zh: str, **fields: Any) -> dict[str, Any]:
    texts = {
        "title_en": en,
        "title_zh_hans": zh,
        "summary_en": f"About {en}.",
        "summary_zh_hans": f"{zh}简介。",
    }
    return {"slug": slug, **texts, "status": Status.PUBLISHED, "publish_at": PAST, **fields}


def member(email: str = "", **fields: Any) -> Member:
    """A current member of the association."""
    fields = {"member_since": date(2000, 1, 1), **fields}
    return Member.objects.create_user(
        email or f"member{next(_numbers)}@example.org", "a password of a test", **fields
    )


def source(slug: str = "", **fields: Any) -> Source:
    slug = slug or f"source-{next(_numbers)}"
    return Source.objects.create(**_page(slug, f"Report {slug}", f"报道{slug}", **fields))


def cite(subject: Any, by: Source | None = None, **fields: Any) -> Citation:
    return Citation.objects.create(subject=subject, source=by or source(), **fields)


@functools.cache
def jpeg(width: int = 64, height: int = 48) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "JPEG")
    return stream.getvalue()


def picture(width: int = 64, height: int = 48, **fields: Any) -> Picture:
    """A picture of nothing, described in both languages."""
    values = {"alt_en": "A teal field", "alt_zh_hans": "一片青色", "rights": "Made for a test", **fields}
    return Picture.objects.create(file=ContentFile(jpeg(width, height), name="field.jpg"), **values)


def document(title: str = "Programme", **fields: Any) -> Document:
    """A small file that calls itself a PDF."""
    values = {"title_en": title, "title_zh_hans": f"{title}（文件）", "rights": "Made for a test", **fields}
    content = b"%PDF-1.4 " + title.encode()
    return Document.objects.create(file=ContentFile(content, name="document.pdf"), **values)


def city(slug: str = "guangzhou", en: str = "Guangzhou", zh: str = "广州", **fields: Any) -> City:
    known = {
        "country_code": "CN",
        "country_en": "China",
        "country_zh_hans": "中国",
        "timezone": "Asia/Shanghai",
    }
    place = {"latitude": 23.13, "longitude": 113.26}
    return City.objects.create(**_page(slug, en, zh, **{**known, **place, **fields}))


def los_angeles() -> City:
    place = {"latitude": 34.05, "longitude": -118.24, "timezone": "America/Los_Angeles"}
    country = {"country_code": "US", "country_en": "United States", "country_zh_hans": "美国"}
    return city("los-angeles", "Los Angeles", "洛杉矶", **place, **country)


def relationship(
    *cities: City, slug: str = "", established: str | None = "1981-12-08", **fields: Any
) -> Relationship:
    parties = cities or (city(), los_angeles())
    slug = slug or "-".join(each.slug for each in parties)[:100]
    kind = Relationship.Kind.SISTER_CITIES if len(parties) == 2 else Relationship.Kind.ALLIANCE
    en, zh = "–".join(each.title_en for each in parties), "—".join(each.title_zh_hans for each in parties)
    values = {"kind": kind, "established": parse(established) if established else None, **fields}
    with transaction.atomic():
        made = Relationship.objects.create(**_page(slug, en, zh, **values))
        for position, each in enumerate(parties):
            Party.objects.create(relationship=made, city=each, position=position)
        refresh(made)
    return Relationship.objects.get(pk=made.pk)


def agreement(bond: Relationship | None = None, slug: str = "", **fields: Any) -> Agreement:
    bond = bond or relationship()
    slug = slug or f"agreement-{next(_numbers)}"
    values = {
        "kind": Agreement.Kind.SISTER_CITY,
        "relationship": bond,
        "signed": parse("1981-12-08"),
        **fields,
    }
    made = Agreement.objects.create(**_page(slug, f"Agreement {slug}", f"协议{slug}", **values))
    made.parties.set(bond.cities)
    return made


def milestone(bond: Relationship | None = None, happened: str | None = "1987", **fields: Any) -> Milestone:
    values = {"title_en": "A beginning", "title_zh_hans": "开端", **fields}
    when = parse(happened) if happened else None
    return Milestone.objects.create(relationship=bond or relationship(), happened=when, **values)


def person(slug: str = "", en: str = "Tom Bradley", zh: str = "", **fields: Any) -> Person:
    """Somebody with a Latin name, and a Chinese one (family name of one character first) where given."""
    slug = slug or f"person-{next(_numbers)}"
    made = Person.objects.create(**_page(slug, en, zh, **fields))
    given, _, family = en.rpartition(" ")
    if zh:
        family, _, given = en.partition(" ")
        PersonName.objects.create(person=made, script="Hans", family=zh[0], given=zh[1:], family_first=True)
    PersonName.objects.create(person=made, script="Latn", family=family, given=given, family_first=bool(zh))
    refresh(made)
    return Person.objects.get(pk=made.pk)


def past_event(slug: str = "", held: str = "1981-12-08", **fields: Any) -> Event:
    slug = slug or f"event-{next(_numbers)}"
    return Event.objects.create(**_page(slug, f"Event {slug}", f"活动{slug}", held=parse(held), **fields))


def event(slug: str = "", *, days_ahead: float = 30, **fields: Any) -> Event:
    """A reception in Los Angeles, a month ahead, of three hours."""
    slug = slug or f"reception-{next(_numbers)}"
    starts_at = timezone.now() + timedelta(days=days_ahead)
    times = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "timezone": "America/Los_Angeles",
    }
    return Event.objects.create(**_page(slug, f"Reception {slug}", f"招待会{slug}", **{**times, **fields}))


def venue(**fields: Any) -> Venue:
    at = fields.pop("city", None) or City.objects.first() or los_angeles()
    return Venue.objects.create(**{"name_en": "City Hall", "name_zh_hans": "市政厅", "city": at, **fields})


def reception(seats: int = 10, *, days_ahead: float = 30, **policy: Any) -> Event:
    """An event that takes RSVPs from everybody."""
    made = event(days_ahead=days_ahead)
    rules = {"largest_party": min(4, seats), "promotion": "seat", **policy}
    RsvpPolicy.objects.create(event=made, seat_limit=seats, **rules)
    return made


def remark(at: Event | None = None, speaker: Person | None = None, slug: str = "", **fields: Any) -> Remark:
    slug = slug or f"remark-{next(_numbers)}"
    values = {"event": at or past_event(), "speaker": speaker or person(), **fields}
    made = Remark.objects.create(**_page(slug, f"Remarks {slug}", f"致辞{slug}", **values))
    made.segments.create(position=1, text_en="A first thought.", text_zh_hans="第一段。")
    return made


def answer(seats: int = 1, name: str = "", **fields: Any) -> Answer:
    number = next(_numbers)
    values = {"name": name or f"Guest {number}", "email": f"guest{number}@example.org", **fields}
    return Answer(seats=seats, **values)


def rsvp(to: Event, seats: int = 1, name: str = "", **fields: Any) -> Rsvp:
    """An answer, given through the verb that everybody uses."""
    return Rsvp.objects.get(pk=respond(to, answer(seats, name, **fields)).rsvp.pk)


def invitation(to: Event, name: str = "", **fields: Any) -> Invitation:
    """A personal invitation, not sent yet."""
    number = next(_numbers)
    values = {"name": name or f"Guest {number}", "email": f"guest{number}@example.org", **fields}
    return Invitation.objects.create(event=to, **values)


def guest_tag(en: str = "Press") -> GuestTag:
    """One of those that are laid out at first, or another."""
    return GuestTag.objects.get_or_create(name_en=en, defaults={"position": GuestTag.objects.count()})[0]


def topic(slug: str = "", en: str = "Schools", zh: str = "学校") -> Topic:
    slug = slug or f"topic-{next(_numbers)}"
    return Topic.objects.create(slug=slug, name_en=en, name_zh_hans=zh)


def story(slug: str = "", *about: Any, **fields: Any) -> Story:
    """A piece of news, about these pages."""
    slug = slug or f"story-{next(_numbers)}"
    made = Story.objects.create(**_page(slug, f"Story {slug}", f"消息{slug}", **fields))
    for position, subject in enumerate(about):
        StorySubject.objects.create(story=made, subject=subject, position=position)
    return made

"""The gatherings of the demonstration, what was said at them, and the reception that comes next."""

from events.demo.gatherings import GATHERINGS, VENUES, Gathering
from events.demo.news import load_news
from events.demo.presence import Present
from events.demo.reception import load_reception
from events.demo.remarks import SUMMARIES, Summary
from events.demo.sequence import load_series
from events.models import Event, Participant, Remark, RemarkSegment, Series, Venue
from people.models import Person
from relationships.models import Agreement, City, Relationship, Sector
from sistercities.pages.dates import parse
from sistercities.pages.demo.making import Both, Say, columns, ensure, make, page, rests
from sistercities.pages.publishing import refresh


def load(say: Say) -> None:
    """Make the record, then the invitation to the next anniversary."""
    for name, city in VENUES.values():
        home = City.objects.get(slug=city)
        ensure(Venue, {"name_en": name[0]}, name_zh_hans=name[1], city=home)
    load_series()
    events = sum(_event(gathering) for gathering in GATHERINGS)
    remarks = sum(_remark(summary, order) for order, summary in enumerate(SUMMARIES, start=1))
    say(f"{events} events and {remarks} summaries of remarks made.")
    load_reception(say)
    load_news(say)


def _event(gathering: Gathering) -> bool:
    marks, years = gathering.marks or ("", None)
    venue = VENUES.get(gathering.venue)
    event, new = page(
        Event,
        gathering.slug,
        gathering.texts,
        gathering.cites,
        kind=gathering.kind,
        held=parse(gathering.held),
        held_until=parse(gathering.until) if gathering.until else None,
        venue=Venue.objects.get(name_en=venue[0][0]) if venue else None,
        marks=Relationship.objects.filter(slug=marks).first(),
        marks_years=years,
        series=Series.objects.filter(slug=gathering.series).first(),
        **columns(place=gathering.place, attendance=gathering.attendance),
    )
    if new:
        event.relationships.set(Relationship.objects.filter(slug__in=gathering.bonds))
        event.signed.set(Agreement.objects.filter(slug=gathering.signed))
        event.sectors.set(Sector.objects.filter(slug__in=gathering.sectors))
        for position, present in enumerate(gathering.present):
            _participant(event, present, position)
        refresh(event)
    return new


def _participant(event: Event, present: Present, position: int) -> None:
    make(
        Participant,
        event=event,
        person=Person.objects.get(slug=present.person),
        position=position,
        **columns(capacity=present.capacity),
    )


def _remark(summary: Summary, order: int) -> bool:
    remark, new = page(
        Remark,
        summary.slug,
        {"title": summary.title, "summary": summary.summary},
        rests(summary=[summary.source]),
        event=Event.objects.get(slug=summary.event),
        speaker=Person.objects.get(slug=summary.speaker),
        position=order,
        delivery=summary.delivery,
        form=Remark.Form.SUMMARY,
        **columns(capacity=summary.capacity),
    )
    if new:
        for position, paragraph in enumerate(summary.paragraphs, start=1):
            make(
                RemarkSegment,
                remark=remark,
                position=position,
                **columns(text=with_mark(paragraph, summary.source)),
            )
        refresh(remark)
    return new


def with_mark(paragraph: Both, source: str) -> Both:
    """A paragraph of a summary with the mark of its source: in Chinese before the full stop, in English after it."""
    english, chinese = (text.strip() for text in paragraph)
    return f"{english}[^{source}]", f"{chinese.removesuffix('。')}[^{source}]。"

"""What the record of an event has and what it still lacks: text, pictures, remarks, sources, what was signed."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.admin.room_lines import Line, State, on_form, place
from events.models import Event, EventDocument, EventPicture, Participant, ProgrammeItem, Remark
from events.record import likely_signed_at
from sistercities.news.models import StorySubject
from sistercities.pages.bilingual import language_name, languages, texts
from sistercities.pages.models import Citation
from sistercities.pages.models.picture import described


def with_counts(events: QuerySet[Event]) -> QuerySet[Any]:
    """Each event with how much of everything stands on its record, in the same query."""
    kind = ContentType.objects.get_for_model(Event)
    remarks, of_page = (
        Remark.objects.filter(event=OuterRef("pk")),
        Q(content_type=kind, object_id=OuterRef("pk")),
    )
    pictures = EventPicture.objects.filter(event=OuterRef("pk"))
    cited = Citation.objects.filter(of_page)
    return events.annotate(
        remarks_all=_count(remarks, "event"),
        remarks_public=_count(remarks.published(), "event"),
        pictures_all=_count(pictures, "event"),
        pictures_described=_count(pictures.filter(described("picture__")), "event"),
        participants_all=_count(Participant.objects.filter(event=OuterRef("pk")), "event"),
        programme_all=_count(ProgrammeItem.objects.filter(event=OuterRef("pk")), "event"),
        documents_all=_count(EventDocument.objects.filter(event=OuterRef("pk")), "event"),
        sources_all=_count(cited, "object_id"),
        sources_held=_count(cited.filter(claim="held"), "object_id"),
        sources_attendance=_count(cited.filter(claim="attendance"), "object_id"),
        signed_all=_count(Event.signed.through.objects.filter(event=OuterRef("pk")), "event"),
        stories_all=_count(StorySubject.objects.filter(of_page), "object_id"),
    )


def _count(rows: QuerySet[Any], group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def record_lines(event: Any) -> list[Line]:
    """What the record has and lacks, in the order of the public page; the event comes from ``with_counts``."""
    return [
        _text(event),
        _attendance(event),
        _participants(event),
        *_pictures(event),
        *_remarks(event),
        *_sources(event),
        *_signed(event),
        _documents(event),
        _stories(event),
    ]


def lacking(lines: Iterable[Line]) -> int:
    return sum(line.state in (State.LACKING, State.GRAVE) for line in lines)


def _text(event: Any) -> Line:
    found, wanted = texts(event, "body"), languages()
    if not found:
        words = _("Nothing is written yet of how it was.")
    elif missing := [language_name(code) for code in wanted if code not in found]:
        words = _("The text is wanting in: %(languages)s.") % {"languages": _(", ").join(missing)}
    else:
        return Line(State.THERE, _("The text stands in all languages."), on_form(event))
    return Line(State.LACKING, words, on_form(event, "id_body_en"))


def _attendance(event: Any) -> Line:
    found = texts(event, "attendance")
    if not found:
        return Line(State.LACKING, _("How many came is not on record."), on_form(event, "id_attendance_en"))
    if not event.sources_attendance:
        words = _("How many came is on record, without a source for it.")
        return Line(State.LACKING, words, on_form(event, "pages-citation-content_type-object_id-group"))
    words = _("How many came: %(number)s.") % {"number": next(iter(found.values()))}
    return Line(State.THERE, words, on_form(event))


def _participants(event: Any) -> Line:
    count = event.participants_all
    url = on_form(event, "participants-group")
    if not count:
        return Line(State.LACKING, _("Nobody is named as having been there."), url)
    words = ngettext(
        "%(count)d person is named as having been there.",
        "%(count)d people are named as having been there.",
        count,
    )
    return Line(State.THERE, words % {"count": count}, url)


def _pictures(event: Any) -> Iterable[Line]:
    count, wanting = event.pictures_all, event.pictures_all - event.pictures_described
    url = on_form(event, "gallery-group")
    if not count:
        yield Line(State.LACKING, _("There are no pictures."), url)
        return
    words = ngettext("There is %(count)d picture.", "There are %(count)d pictures.", count)
    yield Line(State.THERE, words % {"count": count}, url)
    if wanting:
        words = ngettext(
            "%(count)d picture is not described in both languages, so readers do not see it.",
            "%(count)d pictures are not described in both languages, so readers do not see them.",
            wanting,
        )
        yield Line(State.LACKING, words % {"count": wanting}, reverse("admin:pages_picture_describe"))


def _remarks(event: Any) -> Iterable[Line]:
    count, hidden = event.remarks_all, event.remarks_all - event.remarks_public
    url = place("event_programme", event.pk) + "#remarks"
    if not count:
        yield Line(State.LACKING, _("No remarks are on record."), url)
        return
    words = ngettext("%(count)d remark is on record.", "%(count)d remarks are on record.", count)
    yield Line(State.THERE, words % {"count": count}, url)
    if hidden:
        words = ngettext(
            "%(count)d remark is not public yet.", "%(count)d remarks are not public yet.", hidden
        )
        yield Line(State.LACKING, words % {"count": hidden}, url)


def _sources(event: Any) -> Iterable[Line]:
    url = on_form(event, "pages-citation-content_type-object_id-group")
    if not event.sources_all:
        yield Line(State.LACKING, _("No source is cited."), url)
        return
    words = ngettext("%(count)d source is cited.", "%(count)d sources are cited.", event.sources_all)
    yield Line(State.THERE, words % {"count": event.sources_all}, url)
    if not event.sources_held:
        yield Line(State.LACKING, _("That it took place, when and where, is cited by no source."), url)


def _signed(event: Any) -> Iterable[Line]:
    for agreement in likely_signed_at(event):
        words = _("Signed on these days, and not on its record: %(agreement)s. Was it here?")
        yield Line(State.LACKING, words % {"agreement": agreement}, on_form(event, "id_signed"))
    count = event.signed_all
    words = (
        ngettext("%(count)d agreement was signed there.", "%(count)d agreements were signed there.", count)
        if count
        else _("Nothing was signed there, as far as the record says.")
    )
    state = State.THERE if count else State.OPEN
    yield Line(state, words % {"count": count} if count else words, on_form(event, "id_signed"))


def _documents(event: Any) -> Line:
    count, url = event.documents_all, on_form(event, "documents-group")
    if not count:
        return Line(State.OPEN, _("No documents are offered."), url)
    words = ngettext("%(count)d document is offered.", "%(count)d documents are offered.", count)
    return Line(State.THERE, words % {"count": count}, url)


def _stories(event: Any) -> Line:
    count, url = event.stories_all, reverse("admin:news_story_changelist")
    if not count:
        return Line(State.OPEN, _("No news tell of it."), url)
    words = ngettext("%(count)d piece of news tells of it.", "%(count)d pieces of news tell of it.", count)
    return Line(State.THERE, capfirst(words % {"count": count}), url)

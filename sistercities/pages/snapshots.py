"""A page with its parts as plain values: what a revision keeps, and how it is put back."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any, cast

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sistercities.pages.bilingual import languages
from sistercities.pages.models import Cited, Page

Snapshot = dict[str, Any]
PLAIN = (bool, int, float, str, list, dict)

_added: dict[str, list[str]] = defaultdict(list)


def adds_part(model: type[Page], name: str) -> None:
    """Let a floor above bring a part of its own to a page: offices belong to the revisions of a person."""
    if name not in _added[model._meta.label_lower]:
        _added[model._meta.label_lower].append(name)


def parts_of(model: type[models.Model]) -> list[str]:
    """The relations to the rows that are nothing without it, and go with it into a revision."""
    own = model.parts if issubclass(model, Page) else ["citations"] if issubclass(model, Cited) else []
    return [*own, *_added.get(model._meta.label_lower, [])]


def columns_of(model: type[models.Model], but: Collection[str] = ()) -> list[models.Field]:
    """What somebody entered: neither numbers that the database gives nor what follows from other columns."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.generated and not field.primary_key and field.name not in but
    ]


def links_of(model: type[models.Model]) -> list[str]:
    """Its many-to-many columns; a link with columns of its own is a part instead."""
    return [
        field.name
        for field in model._meta.many_to_many
        if cast(Any, field.remote_field).through._meta.auto_created
    ]


def part(model: type[models.Model], name: str) -> tuple[type[models.Model], set[str]]:
    """The model of a part, and its columns that only say to whom it belongs."""
    relation: Any = model._meta.get_field(name)
    if isinstance(relation, GenericRelation):
        return relation.related_model, {relation.content_type_field_name, relation.object_id_field_name}
    return relation.related_model, {relation.field.name}


def take(thing: models.Model, but: Collection[str] = ()) -> Snapshot:
    """The thing and its parts as plain values."""
    model = type(thing)
    parts = {
        name: [{"pk": row.pk, **take(row, part(model, name)[1])} for row in getattr(thing, name).all()]
        for name in parts_of(model)
    }
    links = {name: sorted(row.pk for row in getattr(thing, name).all()) for name in links_of(model)}
    columns = {field.name: _plain(field, thing) for field in columns_of(model, but)}
    return {"columns": columns, "links": links, "parts": parts}


def _plain(field: models.Field, thing: models.Model) -> Any:
    value = field.value_from_object(thing)
    if isinstance(value, datetime):
        # Forms know no fractions of a second: without this, every first save would count as a change.
        return value.astimezone(UTC).replace(microsecond=0).isoformat()
    return value if value is None or isinstance(value, PLAIN) else field.value_to_string(thing)


def named(model: type[models.Model], snapshot: Snapshot) -> Snapshot:
    """The snapshot with the names of all it refers to, so that it can be read when these are gone."""
    names = {}
    for other, pks in references(model, snapshot).items():
        for pk, thing in other._base_manager.in_bulk(pks).items():
            names[key(other, pk)] = in_all_languages(thing)
    return {**snapshot, "names": names}


def in_all_languages(thing: models.Model) -> dict[str, str]:
    """What a thing is called, by language."""
    said = {}
    for code in languages():
        with translation.override(code):
            said[code] = str(thing)
    return said


def key(model: type[models.Model], pk: Any) -> str:
    return f"{model._meta.label_lower}/{pk}"


def references(model: type[models.Model], snapshot: Snapshot) -> dict[type[models.Model], set[Any]]:
    """The rows of other models that a snapshot refers to."""
    found: dict[type[models.Model], set[Any]] = defaultdict(set)
    for other, pk in _references(model, snapshot):
        found[other].add(pk)
    return found


def _references(model: type[models.Model], snapshot: Snapshot) -> Iterator[tuple[type[models.Model], Any]]:
    for field in columns_of(model):
        if isinstance(field, models.ForeignKey) and (pk := snapshot["columns"].get(field.name)) is not None:
            yield field.related_model, pk
    for _key, other, pk in generic_in(model, snapshot["columns"]):
        yield other, pk
    for name in links_of(model):
        other = cast(type[models.Model], model._meta.get_field(name).related_model)
        yield from ((other, pk) for pk in snapshot["links"].get(name, []))
    for name in parts_of(model):
        for row in snapshot["parts"].get(name, []):
            yield from _references(part(model, name)[0], row)


def generic_in(
    model: type[models.Model], columns: dict[str, Any]
) -> Iterator[tuple[GenericForeignKey, type[models.Model], Any]]:
    """Where generic keys among these columns lead, such as the page that a story is about."""
    for field in model._meta.private_fields:
        if isinstance(field, GenericForeignKey) and (kind := columns.get(field.ct_field)) is not None:
            known = ContentType.objects.filter(pk=kind).first()
            if known and (other := known.model_class()):
                yield field, other, columns.get(field.fk_field)


def gone(model: type[models.Model], snapshot: Snapshot) -> list[str]:
    """What the snapshot refers to and is no more, in words: “portrait: a teal field”."""
    lost = []
    for other, pks in references(model, snapshot).items():
        there = set(other._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for pk in sorted(pks - there):
            name = name_in(snapshot, key(other, pk))
            lost.append(_("%(kind)s “%(name)s”") % {"kind": other._meta.verbose_name, "name": name})
    return lost


def name_in(snapshot: Snapshot, which: str) -> str:
    """How the snapshot names what it refers to, for the present reader."""
    said = snapshot.get("names", {}).get(which, {})
    return said.get(translation.get_language() or "") or next(iter(said.values()), which)


def put_back(thing: models.Model, snapshot: Snapshot, leave: Collection[str] = ()) -> None:
    """Give a thing the columns, links and parts of a snapshot, except the columns in ``leave``, and save it.

    Columns that the snapshot does not know keep what they hold. Raises ValidationError where a value does not fit.
    """
    fill(thing, snapshot, leave)
    thing.full_clean(validate_constraints=False)
    thing.save()
    for name in links_of(type(thing)):
        if name in snapshot["links"]:
            getattr(thing, name).set(snapshot["links"][name])
    for name in parts_of(type(thing)):
        if name in snapshot["parts"]:
            _put_parts(thing, name, snapshot["parts"][name])


def fill(thing: models.Model, snapshot: Snapshot, leave: Collection[str] = ()) -> None:
    for field in columns_of(type(thing), leave):
        if field.name in snapshot["columns"]:
            try:
                setattr(thing, field.attname, field.to_python(snapshot["columns"][field.name]))
            except ValidationError as refused:
                raise ValidationError({field.name: refused}) from refused


def _put_parts(owner: models.Model, name: str, rows: list[Snapshot]) -> None:
    """Bring the rows of one part back, under their own numbers. Rows that are as they were are not touched."""
    model, belongs = part(type(owner), name)
    there = {row.pk: row for row in getattr(owner, name).all()}
    of_others = model._base_manager.filter(pk__in={row["pk"] for row in rows} - there.keys())
    taken = set(of_others.values_list("pk", flat=True))
    written: list[tuple[models.Model, Snapshot]] = []
    kept = set()
    for row in rows:
        thing = there.get(row["pk"]) or model(pk=None if row["pk"] in taken else row["pk"])
        before = take(thing, belongs) if row["pk"] in there else {"columns": {}, "links": {}, "parts": {}}
        fill(thing, row, belongs)
        wanted = {kind: {**before[kind], **row.get(kind, {})} for kind in before}
        if wanted == before:
            kept.add(thing.pk)
        else:
            written.append((thing, wanted))
    # Written anew instead of changed one by one: two rows that swap their places would collide on the way.
    getattr(owner, name).exclude(pk__in=kept).delete()
    for thing, row in written:
        _write(thing, row, _belonging(owner, name))


def _belonging(owner: models.Model, name: str) -> dict[str, Any]:
    relation: Any = type(owner)._meta.get_field(name)
    if isinstance(relation, GenericRelation):
        kind = ContentType.objects.get_for_model(owner)
        return {relation.content_type_field_name: kind, relation.object_id_field_name: owner.pk}
    return {relation.field.name: owner}


def _write(thing: models.Model, row: Snapshot, belonging: dict[str, Any]) -> None:
    for name, value in belonging.items():
        setattr(thing, name, value)
    thing.full_clean(exclude=set(belonging), validate_unique=False, validate_constraints=False)
    thing.save(force_insert=True)
    for name in links_of(type(thing)):
        getattr(thing, name).set(row["links"].get(name, []))
    for name, rows in row["parts"].items():
        if name in parts_of(type(thing)):
            _put_parts(thing, name, rows)


def model_of(kind: str) -> type[models.Model] | None:
    """The model that a revision's kind names; none where the site has no such pages any more."""
    try:
        return apps.get_model(kind)
    except LookupError:
        return None


def kind_in_words(kind: str) -> str:
    model = model_of(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind

"""What must be true of every published page, and of the constraints that guard all rows."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

from sistercities.audit import checks
from sistercities.mail.addresses import comparable
from sistercities.pages.bilingual import nothing_in
from sistercities.pages.models import Page

# What holds, by table and name: a constraint that has looked at every row, or a unique index that is whole.
GUARDS = """
select conrelid::regclass::text, conname, convalidated and pg_get_constraintdef(oid) not like '%NOT ENFORCED%'
from pg_constraint where conrelid <> 0
union all
select indrelid::regclass::text, indexrelid::regclass::text, indisunique and indisvalid from pg_index
"""
ONCE = """
select indrelid::regclass::text, attname from pg_index
join pg_attribute on attrelid = indrelid and attnum = indkey[0]
where indisunique and indisvalid and indnkeyatts = 1 and indpred is null
"""


@checks(
    "a published page has a title in every language, or is shown as being only in one",
    remedy="Open the page in the admin and give it a title, or withdraw it.",
)
def published_without_title() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Page):
            for page in model.objects.published().filter(nothing_in("title")):
                yield f"{model.__name__} {page.slug}"


@checks(
    "every constraint of the models stands in the database and holds for all rows",
    remedy=(
        "Run the other checks and mend what they find; then make the constraint again as the migrations have it "
        "(`manage.py sqlmigrate`), or, where it is not validated, `alter table … validate constraint …`. "
        "Find out who took it away: the site works without it, and nothing guards the rows."
    ),
)
def missing_constraints() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        holds = {(table, name): good for table, name, good in cursor.fetchall()}
        cursor.execute(ONCE)
        once = set(cursor.fetchall())
    for model in _tables():
        table = model._meta.db_table
        for constraint in model._meta.constraints:
            good = holds.get((table, constraint.name))
            if not good:
                yield f"{constraint.name} on {table} " + ("is gone" if good is None else "is not validated")
        for field in model._meta.local_fields:
            if field.unique and (table, field.column) not in once:
                yield f"{table}.{field.column} is not unique"


@checks(
    "addresses of mail are kept in the one form in which they are compared",
    remedy="Open it in the admin and save it again: the form writes it in that form. See docs/rsvp.md.",
)
def addresses_in_another_form() -> Iterator[str]:
    for model in _tables():
        for field in model._meta.local_fields:
            if isinstance(field, models.EmailField):
                odd = model._default_manager.exclude(**{field.name: ""}).exclude(
                    **{f"{field.name}__regex": r"^[!-~]+$"}
                )
                for pk, address in odd.values_list("pk", field.name):
                    yield f"{model.__name__} {pk}: should be {comparable(address)}"


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]

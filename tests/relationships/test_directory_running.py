"""Directories taken in: what comes of each line, twice, after a crash, beside what curators wrote, and taken back."""

from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from relationships import tasks
from relationships.directory import running, taking
from relationships.directory.checking import table
from relationships.directory.making import Maker
from relationships.directory.mapping import guess
from relationships.models import City, CityKey, CityName, Directory, Relationship
from sistercities.pages import publishing
from sistercities.pages.feeds import newest
from sistercities.pages.models import Revision, Status
from sistercities.pages.revisions import revisions_of
from tests import factories
from tests.relationships.directory_file import directory as made_up

HEAD = "origin city,origin country,origin latitude,origin longitude,origin population,partner city,partner country"
HEAD += ",partner latitude,partner longitude,established\n"
LYON_GUANGZHOU = "Lyon,France,45.76,4.84,522000,Guangzhou,China,23.13,113.26,1988\n"
FRANKFURT_GUANGZHOU = "Frankfurt am Main,Germany,50.11,8.68,773000,Guangzhou,China,23.13,113.26,1988-04-11\n"

pytestmark = pytest.mark.django_db


def handed_in(text: str | bytes, **fields: Any) -> Directory:
    content = text.encode() if isinstance(text, str) else text
    by = fields.pop("source", None) or factories.source(f"list-{Directory.objects.count()}")
    made = Directory(filename="list.csv", source=by, **fields)
    made.file.save("list.csv", ContentFile(content), save=False)
    found = table(made)
    made.columns = guess(found.header, [line.cells for line in found.lines])
    made.save()
    return made


def worked(made: Directory, task: str = "run") -> Directory:
    """The directory after the worker has done what it was asked for."""
    running.ask_for(made, Directory.Task(task))
    for _step in tasks.work():
        pass
    made.refresh_from_db()
    return made


def verdicts(made: Directory) -> list[str]:
    return list(made.rows.order_by("line").values_list("verdict", flat=True))


def codes(made: Directory, line: int) -> list[str]:
    return [note["code"] for note in made.rows.get(line=line).notes]


@pytest.fixture
def guangzhou() -> City:
    return factories.city()


def test_line_makes_a_bond_with_its_cities_titles_dates_and_source(guangzhou: City) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU, publish=True))
    assert (made.state, verdicts(made)) == ("done", ["new"])
    bond = Relationship.objects.get()
    assert (bond.title_en, bond.title_zh_hans, bond.slug) == ("Lyon and Guangzhou", "", "guangzhou-lyon")
    assert (str(bond.established), bond.is_ours, bond.is_public) == ("1988", False, True)
    assert [city.slug for city in bond.cities] == ["lyon", "guangzhou"]
    assert bond.pair_key == Relationship.key_of(city.pk for city in bond.cities)
    cited = [(each.source.slug, each.claim, each.locator) for each in bond.citations.all()]
    assert cited == [("list-0", "", "line 2"), ("list-0", "established", "line 2")]
    lyon = City.objects.get(slug="lyon")
    assert (lyon.country_code, lyon.country_en, lyon.country_zh_hans) == ("FR", "France", "法国")
    assert (lyon.timezone, lyon.timezone_is_derived, lyon.population) == ("Europe/Paris", True, 522_000)
    assert made.rows.get().relationship == bond


def test_what_an_import_makes_is_what_saving_by_hand_would_make(guangzhou: City) -> None:
    worked(handed_in(HEAD + LYON_GUANGZHOU, publish=True))
    for page in (Relationship.objects.get(), City.objects.get(slug="lyon")):
        first = revisions_of(page).get()
        words, marks, names = page.search_text, page.language_marks, page.names_folded
        factories.refresh(page)
        fresh = type(page).objects.get(pk=page.pk)
        assert (fresh.search_text, fresh.language_marks, fresh.names_folded) == (words, marks, names)
        assert revisions_of(page).get() == first, "a second revision says that the first was another"
        assert first.act == Revision.Act.PUBLISHED


def test_chinese_titles_come_where_both_names_are_known_in_chinese(guangzhou: City) -> None:
    text = "本市,国家,友城,友城国家\n里昂,法国,广州市,中国\n"
    worked(handed_in(text.encode("gb18030")))
    bond = Relationship.objects.get()
    assert (bond.title_en, bond.title_zh_hans, bond.slug) == ("", "里昂与广州", "guangzhou-li-ang")


def test_second_run_of_the_same_file_doubles_nothing(guangzhou: City) -> None:
    content = made_up(150, seed=3)
    worked(handed_in(content))
    before = City.objects.count(), Relationship.objects.count(), Revision.objects.count()
    again = worked(handed_in(content))
    assert (City.objects.count(), Relationship.objects.count(), Revision.objects.count()) == before
    assert "new" not in verdicts(again)
    assert "changed" not in verdicts(again)


def test_bond_listed_from_both_sides_is_one_with_the_date_that_either_gives(guangzhou: City) -> None:
    undated = LYON_GUANGZHOU.replace(",1988\n", ",\n")
    other_side = "Guangzhou,China,23.13,113.26,,Lyon,France,45.76,4.84,1988\n"
    made = worked(handed_in(HEAD + undated + other_side))
    assert verdicts(made) == ["new", "twin"]
    bond = Relationship.objects.get()
    assert str(bond.established) == "1988"
    assert bond.citations.get(claim="established").locator == "line 3"


def test_two_kinds_between_the_same_cities_are_two_bonds(guangzhou: City) -> None:
    head = HEAD.replace("established", "kind")
    lines = LYON_GUANGZHOU.replace("1988", "sister city") + LYON_GUANGZHOU.replace("1988", "friendship city")
    worked(handed_in(head + lines))
    assert sorted(Relationship.objects.values_list("kind", flat=True)) == [
        "cooperation-cities",
        "sister-cities",
    ]


def test_nothing_that_a_curator_wrote_is_replaced(guangzhou: City) -> None:
    lyon = factories.city(
        "lyon", "Lyon", "里昂", country_code="FR", latitude=45.76, longitude=4.84, population=500_000
    )
    bond = factories.relationship(lyon, guangzhou, established="1988-01-19")
    made = worked(handed_in(HEAD + LYON_GUANGZHOU.replace("1988", "1990")))
    lyon.refresh_from_db()
    bond.refresh_from_db()
    assert (verdicts(made), codes(made, 2)) == (["known"], ["date-differs"])
    assert (lyon.population, str(bond.established), bond.citations.count()) == (500_000, "1988-01-19", 0)


def test_what_is_empty_is_filled_with_its_source_and_said(guangzhou: City) -> None:
    lyon = factories.city("lyon", "Lyon", "里昂", country_code="FR", latitude=None, longitude=None)
    bond = factories.relationship(lyon, guangzhou)
    Relationship.objects.filter(pk=bond.pk).update(
        established=None, established_first=None, established_last=None
    )
    made = worked(handed_in(HEAD + LYON_GUANGZHOU))
    lyon.refresh_from_db()
    bond.refresh_from_db()
    assert verdicts(made) == ["changed"]
    assert (lyon.population, lyon.latitude, str(bond.established)) == (522_000, 45.76, "1988")
    assert bond.citations.get().claim == "established"
    assert codes(made, 2) == ["by-name", "adds-date", "adds-to-city"]


def test_former_name_finds_the_city(guangzhou: City) -> None:
    CityName.objects.create(city=guangzhou, name="Canton")
    worked(handed_in(HEAD + LYON_GUANGZHOU.replace("Guangzhou", "Canton")))
    assert [city.pk for city in Relationship.objects.get().all_cities][1] == guangzhou.pk


def test_doubtful_line_waits_until_somebody_decides_and_the_next_file_remembers(guangzhou: City) -> None:
    text = HEAD + LYON_GUANGZHOU.replace("Guangzhou", "Guangzou")
    made = worked(handed_in(text))
    row = made.rows.get()
    assert (row.verdict, Relationship.objects.count()) == ("doubtful", 0)
    doubt = row.candidates["partner"]
    assert [(each["value"], each["km"]) for each in doubt["found"]] == [(str(guangzhou.pk), 0)]
    row.decision = {doubt["key"]: str(guangzhou.pk)}
    row.save()
    assert verdicts(worked(made)) == ["new"]
    assert [city.pk for city in Relationship.objects.get().all_cities][1] == guangzhou.pk
    assert verdicts(worked(handed_in(text))) == ["known"]


def test_doubtful_place_may_be_a_new_city(guangzhou: City) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU.replace("Guangzhou", "Guangzou")), "check")
    row = made.rows.get()
    row.decision = {row.candidates["partner"]["key"]: "new"}
    row.save()
    worked(made)
    assert sorted(City.objects.values_list("slug", flat=True)) == ["guangzhou", "guangzou", "lyon"]


def test_check_writes_nothing_but_the_report(guangzhou: City) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU), "check")
    assert (made.state, verdicts(made)) == ("checked", ["new"])
    assert (City.objects.count(), Relationship.objects.count(), CityKey.objects.count()) == (1, 0, 0)


def test_line_that_the_database_refuses_costs_no_other(
    guangzhou: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    bond = Maker.bond

    def too_long(self: Maker, pk: int, row: Any, cities: Any) -> Relationship:
        made = bond(self, pk, row, cities)
        made.title_en = made.title_en * (20 if "Lyon" in made.title_en else 1)
        return made

    monkeypatch.setattr(Maker, "bond", too_long)
    made = worked(handed_in(HEAD + LYON_GUANGZHOU + FRANKFURT_GUANGZHOU))
    assert (made.state, verdicts(made), codes(made, 2)) == ("done", ["refused", "new"], ["database"])
    assert set(City.objects.values_list("slug", flat=True)) == {"guangzhou", "frankfurt-am-main"}


def test_work_that_broke_off_goes_on_where_it_was(guangzhou: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "ROWS_AT_ONCE", 20)
    made = handed_in(made_up(100, seed=5))
    running.ask_for(made, Directory.Task.RUN)
    work = tasks.work()
    while not Relationship.objects.exists():
        next(work)
    work.close()
    done = Relationship.objects.count()
    made.refresh_from_db()
    assert (made.state, 0 < done < 90) == ("running", True)
    for _step in tasks.work():
        pass
    made.refresh_from_db()
    new = made.rows.filter(verdict="new")
    assert (made.state, Relationship.objects.count()) == ("done", new.count())
    assert not new.filter(is_done=False).exists()


def test_work_that_somebody_stops_ends_after_the_lines_in_hand(
    guangzhou: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "ROWS_AT_ONCE", 20)
    made = handed_in(made_up(100, seed=5))
    running.ask_for(made, Directory.Task.RUN)
    for _step in tasks.work():
        if Relationship.objects.exists():
            running.stop(made)
    made.refresh_from_db()
    assert (made.state, Relationship.objects.count()) == ("stopped", 20)


def test_two_never_work_at_once(guangzhou: City) -> None:
    made = handed_in(HEAD + LYON_GUANGZHOU)
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    with psycopg.connect(**settings) as other:
        other.execute("select pg_advisory_lock(%s)", [running.LOCK])
        assert worked(made).state == "queued"
        other.execute("select pg_advisory_unlock_all()")
    assert worked(made).state == "done"


def test_file_that_is_gone_and_work_that_always_breaks_off_are_said(guangzhou: City) -> None:
    made = handed_in(HEAD + LYON_GUANGZHOU)
    Directory.objects.filter(pk=made.pk).update(state="running", attempts=3)
    for _step in tasks.work():
        pass
    made.refresh_from_db()
    assert (made.state, made.problem) == ("stopped", "attempts")
    made.file.storage.delete(made.file.name)
    assert (worked(made).state, made.problem) == ("stopped", "missing")


def test_program_that_breaks_at_the_same_line_each_time_is_not_begun_for_ever(
    guangzhou: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "ROWS_AT_ONCE", 1)
    bond = Maker.bond

    def breaks(self: Maker, pk: int, row: Any, cities: Any) -> Relationship:
        return bond(self, pk, row, cities) if "Lyon" in cities[0].title_en else 1 / 0  # type: ignore[return-value]

    monkeypatch.setattr(Maker, "bond", breaks)
    made = handed_in(HEAD + LYON_GUANGZHOU + FRANKFURT_GUANGZHOU)
    running.ask_for(made, Directory.Task.RUN)
    for _attempt in range(3):
        with pytest.raises(ZeroDivisionError):
            list(tasks.work())
    list(tasks.work())
    made.refresh_from_db()
    assert (made.state, made.problem, Relationship.objects.count()) == ("stopped", "attempts", 1)


def test_taking_back_withdraws_and_deletes_what_nobody_has_touched(guangzhou: City) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU + FRANKFURT_GUANGZHOU, publish=True))
    touched = Relationship.objects.get(slug="frankfurt-am-main-guangzhou")
    touched.summary_en = "Since 1988."
    touched.save()
    factories.refresh(touched)
    assert worked(made, "withdraw").state == "undone"
    states = dict(Relationship.objects.values_list("slug", "status"))
    assert states == {"guangzhou-lyon": Status.DRAFT, touched.slug: Status.PUBLISHED}
    worked(made, "delete")
    assert list(Relationship.objects.values_list("slug", flat=True)) == [touched.slug]
    assert set(City.objects.values_list("slug", flat=True)) == {"guangzhou", "frankfurt-am-main"}


def test_pages_that_were_only_published_by_hand_are_taken_back_too(guangzhou: City) -> None:
    made = worked(handed_in(HEAD + LYON_GUANGZHOU + FRANKFURT_GUANGZHOU))
    for page in [*City.objects.filter(status=Status.DRAFT), *Relationship.objects.all()]:
        publishing.publish(page)
    changed = Relationship.objects.get(slug="frankfurt-am-main-guangzhou")
    publishing.withdraw(changed)
    changed.summary_en, changed.status = "Since 1988.", Status.PUBLISHED
    changed.save()
    factories.refresh(changed)
    worked(made, "withdraw")
    assert dict(Relationship.objects.values_list("slug", "status")) == {
        "guangzhou-lyon": Status.DRAFT,
        changed.slug: Status.PUBLISHED,
    }
    worked(made, "delete")
    assert set(City.objects.values_list("slug", flat=True)) == {"guangzhou", "frankfurt-am-main"}


def test_feed_is_not_flooded_by_what_a_directory_brought(guangzhou: City) -> None:
    worked(handed_in(HEAD + LYON_GUANGZHOU, publish=True))
    assert {page.slug for page in newest()} == set()
    Relationship.objects.update(is_ours=True)
    assert {page.slug for page in newest()} == {"guangzhou", "guangzhou-lyon", "lyon"}


def test_line_of_the_file_is_named_in_the_readers_language(guangzhou: City) -> None:
    worked(handed_in(HEAD + LYON_GUANGZHOU))
    cited = Relationship.objects.get().citations.first()
    with translation.override("zh-hans"):
        assert cited is not None
        assert (cited.locator, cited.place) == ("line 2", "第2行")


def test_command_takes_a_file_in_and_tells_what_it_left_out(guangzhou: City, tmp_path: Path) -> None:
    path, said = tmp_path / "list.tsv", StringIO()
    path.write_text(
        "city\tcountry\ttwin\tcountry of twin\nLyon\tFrance\tCanton\tAtlantis\nLyon\tFR\tGuangzhou\tCN\n"
    )
    factories.source("list")
    call_command("import_directory", path, source="list", dry_run=True, stdout=said)
    assert Relationship.objects.count() == 0
    call_command(
        "import_directory", path, source="list", kind="cooperation-cities", publish=True, stdout=said
    )
    assert Relationship.objects.get().kind == "cooperation-cities"
    assert "line 2: Lyon, FR – Canton: Second city: no country is known as “Atlantis”." in said.getvalue()


def test_command_says_what_it_cannot_use(guangzhou: City, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with pytest.raises(CommandError, match="There is no source"):
        call_command("import_directory", path, source="nowhere")
    factories.source("list")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_directory", path, source="list")
    path.write_text("colour,shape\nred,round\n")
    with pytest.raises(CommandError, match="No column for origin_city, partner_city among colour, shape"):
        call_command("import_directory", path, source="list")
    assert Directory.objects.count() == 0


def test_large_file_is_taken_in_by_a_few_queries_a_chunk(
    guangzhou: City, django_assert_max_num_queries: Any
) -> None:
    made = handed_in(made_up(250, seed=9))
    with django_assert_max_num_queries(87):
        worked(made)

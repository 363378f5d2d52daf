"""Staff write the news: what a story is about, its pictures, its topics, and everything that pages have."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from sistercities.news.admin_subjects import number_of
from sistercities.news.models import Story, StorySubject, Topic
from sistercities.pages.models import Revision, Status
from sistercities.pages.publishing import refresh, restore
from tests import factories
from tests.forms import sent

pytestmark = pytest.mark.django_db
ADD = "/admin/news/story/add/"


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def change_url(story: Story) -> str:
    return reverse("admin:news_story_change", args=[story.pk])


def offered(client: Client, term: str, **query: Any) -> list[str]:
    answer = client.get(reverse("admin:news_story_subjects"), {"term": term, **query})
    assert answer.status_code == 200
    return [each["text"] for each in answer.json()["results"]]


def subject(place: int, page: Any, position: int = 0) -> dict[str, Any]:
    return {
        f"subjects-{place}-page": page,
        f"subjects-{place}-position": position,
        "subjects-TOTAL_FORMS": place + 1,
    }


def test_one_field_finds_pages_of_every_kind_in_both_languages_and_drafts_too(staff: Client) -> None:
    bond = factories.relationship()
    person = factories.person("liang", "Liang Lingguang", "梁灵光", status=Status.DRAFT)
    refresh(person)
    event = factories.past_event("guangzhou-day")
    assert {text.partition(" (")[2] for text in offered(staff, "guangzhou")} == {
        "City)",
        "Relationship)",
        "Event)",
    }
    assert offered(staff, "梁灵光") == ["Liang Lingguang (Person, draft)"]
    assert offered(staff, "guangzhou day") == [f"{event} (Event)"]
    assert offered(staff, "广州")
    assert bond


def test_what_is_called_so_comes_first(staff: Client) -> None:
    factories.past_event("late", title_en="A day in Guangzhou", title_zh_hans="羊城一日")
    factories.past_event("later", title_en="Kapok", summary_en="", search_text="Guangzhou")
    factories.past_event("latest", title_en="Guangzhou and its harbour", title_zh_hans="羊城港口")
    factories.city(publish_at=factories.PAST - timedelta(days=1))
    assert offered(staff, "guangzhou") == [
        "Guangzhou (City)",
        "Guangzhou and its harbour (Event)",
        "A day in Guangzhou (Event)",
        "Kapok (Event)",
    ]


def test_field_offers_no_sources_no_standing_pages_and_no_other_stories(staff: Client) -> None:
    factories.source("harbour")
    factories.story("harbour")
    assert offered(staff, "harbour") == []


def test_finds_come_a_part_at_a_time(staff: Client) -> None:
    for _ in range(25):
        factories.past_event()
    first, second = offered(staff, "event"), offered(staff, "event", page=2)
    assert (len(first), len(second), len({*first, *second})) == (20, 5, 25)


@pytest.mark.parametrize("query", ["%", "_", "' or 1=1 --", "x" * 500, "a b " * 100])
def test_odd_words_find_nothing_and_break_nothing(staff: Client, query: str) -> None:
    factories.past_event("signing")
    assert offered(staff, query) == []


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "²"])
def test_odd_pages_break_nothing(staff: Client, page: str) -> None:
    factories.past_event("signing")
    offered(staff, "signing", page=page)


def test_who_may_not_see_people_is_offered_none(client: Client) -> None:
    helper = factories.member(is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "change_story"]))
    client.force_login(helper)
    factories.past_event("signing")
    factories.person("signing", "Sign Ing")
    assert [text.partition(" (")[2] for text in offered(client, "sign")] == ["Event)"]


def test_who_writes_no_stories_is_offered_nothing(client: Client) -> None:
    helper = factories.member(is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(helper)
    assert client.get(reverse("admin:news_story_subjects")).status_code == 403


def test_strangers_are_offered_nothing(client: Client, member: Member) -> None:
    assert client.get(reverse("admin:news_story_subjects")).status_code == 302
    client.force_login(member)
    assert client.get(reverse("admin:news_story_subjects")).status_code == 302


def test_story_is_entered_with_what_it_is_about_and_its_picture(staff: Client) -> None:
    event, person, picture = factories.past_event("signing"), factories.person("liang"), factories.picture()
    topic = factories.topic()
    data = sent(
        staff.get(ADD),
        title_en="A new school",
        title_zh_hans="新学校",
        status="published",
        topics=[str(topic.pk)],
        byline="Mei Chen",
        **(subject(0, number_of(person), 2) | subject(1, number_of(event), 1)),
        **{"gallery-TOTAL_FORMS": 1, "gallery-0-picture": picture.pk, "gallery-0-position": 0},
    )
    answer = staff.post(ADD, data)
    assert answer.status_code == 302, answer.context["errors"]
    story = Story.objects.get()
    assert [row.subject for row in story.subjects.all()] == [event, person]
    assert story.slug == "a-new-school"
    assert "Schools" in story.search_text
    page = staff.get(story.get_absolute_url()).content.decode()
    assert page.index("/events/signing/") < page.index("/people/liang/")
    assert Revision.objects.filter(kind="news.story", object_id=story.pk).count() == 1


@pytest.mark.parametrize(
    "page",
    [
        "events.event/999999",
        "events.event/x",
        "news.story/1",
        "auth.permission/1",
        "../1",
        "",
        "events.event/" + "9" * 30,
    ],
)
def test_what_is_no_page_is_refused_beside_the_field(staff: Client, page: str) -> None:
    story = factories.story()
    answer = staff.post(change_url(story), sent(staff.get(change_url(story)), **subject(0, page, 1)))
    assert answer.status_code == 200
    formset = answer.context["inline_admin_formsets"][0].formset
    assert list(formset.errors[0]) == ["page"]
    assert not StorySubject.objects.exists()


def test_the_same_page_twice_is_refused_beside_the_field(staff: Client) -> None:
    event = factories.past_event("signing")
    story = factories.story("told", event)
    answer = staff.post(change_url(story), sent(staff.get(change_url(story)), **subject(1, number_of(event))))
    assert answer.status_code == 200
    assert "The story is tied to this page already." in answer.content.decode()


def test_a_line_that_stands_keeps_its_page_and_can_be_taken_away(staff: Client) -> None:
    first, second = factories.past_event("first"), factories.past_event("second")
    story = factories.story("told", first)
    url = change_url(story)
    staff.post(url, sent(staff.get(url), **{"subjects-0-page": number_of(second), "subjects-0-position": 5}))
    row = StorySubject.objects.get()
    assert (row.subject, row.position) == (first, 5)
    staff.post(url, sent(staff.get(url), **{"subjects-0-DELETE": "on"}, **subject(1, number_of(second))))
    assert [row.subject for row in story.subjects.all()] == [second]


def test_form_opens_when_a_page_that_it_names_is_gone(staff: Client) -> None:
    event = factories.past_event("signing")
    story = factories.story("told", event)
    event.delete()
    page = staff.get(change_url(story))
    assert page.status_code == 200
    assert staff.post(change_url(story), sent(page, title_en="Changed")).status_code == 302


@pytest.mark.parametrize("number", [1, 12])
def test_form_costs_the_same_with_much_in_it(
    staff: Client, django_assert_num_queries: Any, number: int
) -> None:
    story = factories.story("told", *(factories.past_event() for _ in range(number)))
    for _ in range(number):
        story.gallery.create(picture=factories.picture())
        factories.cite(story)
    staff.get(change_url(story))  # the kinds of things are known from then on
    with django_assert_num_queries(11):
        staff.get(change_url(story))


@pytest.mark.parametrize("number", [1, 30])
def test_list_costs_the_same_with_many(staff: Client, django_assert_num_queries: Any, number: int) -> None:
    for _ in range(number):
        factories.story("").topics.add(factories.topic(en="T"))
    with django_assert_num_queries(8):
        staff.get("/admin/news/story/")


def test_scheduled_story_waits_and_says_so(staff: Client) -> None:
    story = factories.story("told", status=Status.DRAFT)
    later = timezone.localtime(timezone.now() + timedelta(days=2))
    data = sent(
        staff.get(change_url(story)),
        status="published",
        publish_at_0=f"{later:%Y-%m-%d}",
        publish_at_1=f"{later:%H:%M:%S}",
    )
    answer = staff.post(change_url(story), data, follow=True)
    assert "Readers do not see it yet" in answer.content.decode()
    assert Client().get(story.get_absolute_url()).status_code == 404


def test_story_goes_back_to_an_older_revision_with_all_its_parts(staff: Client) -> None:
    event, person = factories.past_event("signing"), factories.person("liang")
    story = factories.story("told", event)
    refresh(story)
    story.subjects.all().delete()
    StorySubject.objects.create(story=story, subject=person)
    refresh(story)
    first = Revision.objects.filter(kind="news.story").order_by("number").first()
    assert first is not None
    restore(Story.objects.get(), first)
    assert [row.subject for row in Story.objects.get().subjects.all()] == [event]
    assert staff.get(reverse("admin:news_story_history", args=[story.pk])).status_code == 200


def test_revision_names_the_pages_that_the_story_was_about(staff: Client) -> None:
    event, person = factories.past_event("signing"), factories.person("liang", "Liang Lingguang")
    story = factories.story("told", event)
    refresh(story)
    story.subjects.all().delete()
    StorySubject.objects.create(story=story, subject=person)
    refresh(story)
    first, second = Revision.objects.filter(kind="news.story").order_by("number")
    shown = staff.get(reverse("admin:pages_revision_change", args=[first.pk])).content.decode()
    assert "Event signing" in shown
    assert "Object id" not in shown
    compare = reverse("admin:news_story_history", args=[story.pk])
    assert staff.get(compare).status_code == 200
    event_pk = event.pk
    event.delete()
    with pytest.raises(ValidationError, match="Event signing"):
        restore(Story.objects.get(), first)
    assert not StorySubject.objects.filter(object_id=event_pk).exists()
    assert second.number == 2


def test_story_without_a_language_stands_on_the_desk_of_translations(staff: Client) -> None:
    factories.story("told", title_zh_hans="")
    assert "Story told" in staff.get(reverse("admin:desk_translations")).content.decode()


def test_preview_link_is_made_for_a_draft(staff: Client) -> None:
    story = factories.story("told", status=Status.DRAFT)
    url = reverse("admin:news_story_previews", args=[story.pk])
    assert "/preview/" in staff.post(url, {"days": 7, "note": "Mei"}, follow=True).content.decode()


def test_renamed_topic_is_what_its_stories_are_found_by(staff: Client) -> None:
    topic = factories.topic("schools")
    story = factories.story("told")
    story.topics.add(topic)
    refresh(story)
    url = reverse("admin:news_topic_change", args=[topic.pk])
    staff.post(url, {"name_en": "Classrooms", "name_zh_hans": "课堂", "slug": "schools"})
    assert Topic.objects.get().name_en == "Classrooms"
    assert "课堂" in Story.objects.get().search_text

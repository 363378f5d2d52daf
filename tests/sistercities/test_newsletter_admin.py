"""The newsletter as staff compose it, look at it, try it and send it; and its readers, whom only they see."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Member
from sistercities.mail import outbox
from sistercities.mail.models import Message
from sistercities.newsletter.models import Newsletter, Subscriber
from sistercities.newsletter.tasks import queue_newsletters
from tests import factories
from tests.forms import sent
from tests.sistercities.test_newsletters import newsletter, readers, story, titles

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/newsletter/newsletter/add/", "/admin/newsletter/newsletter/"


@pytest.fixture
def desk(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def url(view: str, made: Newsletter, *more: str) -> str:
    return reverse(f"admin:newsletter_newsletter_{view}", args=[made.pk, *more])


def compose(desk: Client, **words: str) -> Newsletter:
    given = {"subject_en": "Winter news", "subject_zh_hans": "冬季通讯", **words}
    answer = desk.post(ADD, sent(desk.get(ADD), **given))
    made = Newsletter.objects.get()
    assert answer.headers["Location"] == url("change", made)
    return made


def test_new_newsletter_is_filled_with_what_is_new(desk: Client) -> None:
    news = story("opening")
    factories.person("old", "Old Person")
    made = compose(desk)
    assert titles(made) == [str(news)]
    assert str(news) in desk.get(url("change", made)).content.decode()


def test_staff_untick_reorder_and_add_by_address(desk: Client) -> None:
    first, second = story("first"), story("second", publish_at=timezone.now() - timedelta(hours=2))
    person = factories.person("liang", "Liang Lingguang", "梁灵光")
    made = compose(desk)
    form = desk.get(url("change", made))
    further = f"http://testserver/zh-hans/people/liang/?x=1\n\n/en/news/{first.slug}/"
    changes = {"items-0-included": "", "items-1-position": "1", "items-0-position": "2", "further": further}
    data = {name: value for name, value in sent(form, **changes).items() if value != ""}
    assert desk.post(url("change", made), data).status_code == 302
    assert titles(made, included=True) == [str(second), str(person)]


@pytest.mark.parametrize(
    "further", ["/en/people/draft/", "nonsense", "//[", "/en/people/\x00/", "/en/\n" * 60]
)
def test_address_of_no_public_page_is_said_beside_the_field(desk: Client, further: str) -> None:
    factories.person("draft", "Secret Person", status="draft")
    answer = desk.post(ADD, sent(desk.get(ADD), subject_en="x", further=further))
    assert list(answer.context["adminform"].form.errors) == ["further"]
    assert not Newsletter.objects.exists()


def test_what_came_since_is_offered_again_by_a_press(desk: Client) -> None:
    made = compose(desk)
    story("just-now")
    data = sent(desk.get(url("change", made)), _offer="1")
    assert desk.post(url("change", made), data).headers["Location"] == url("change", made)
    assert len(titles(made)) == 1


def test_form_costs_the_same_with_many_pages(desk: Client, django_assert_max_num_queries: Any) -> None:
    made = newsletter(*[story() for _ in range(30)])
    with django_assert_max_num_queries(14):
        assert desk.get(url("change", made)).status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_preview_shows_html_and_text_of_each_language(desk: Client, language: str) -> None:
    made = newsletter(story("kapok", title_en="The kapok", title_zh_hans="木棉"))
    page = desk.get(url("preview", made))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert url("preview_html", made, language) in page.content.decode()
    letter = desk.get(url("preview_html", made, language))
    assert f"/{language}/news/kapok/" in letter.content.decode()
    policy = letter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert desk.get(url("preview_html", made, "tlh")).status_code == 404


def test_page_in_one_language_is_named_before_sending(desk: Client) -> None:
    readers()
    made = newsletter(story("english", title_zh_hans="", summary_zh_hans=""))
    for view in ("change", "preview", "send"):
        assert "Not in this language:" in desk.get(url(view, made)).content.decode()


def test_sending_is_confirmed_with_the_numbers_and_cannot_be_taken_back(
    desk: Client, curator: Member, mailoutbox: list[EmailMessage]
) -> None:
    readers(3), readers(2, "zh-hans")
    made = newsletter(story())
    page = desk.get(url("send", made))
    assert "in English: 3 readers" in page.content.decode()
    assert "Send it to 5 readers" in page.content.decode()
    assert Newsletter.objects.get().is_draft
    desk.post(url("send", made), {"seen": page.context["seen"]})
    begun = Newsletter.objects.get()
    assert (begun.state, begun.sent_by, begun.recipients) == ("sending", curator, 5)
    queue_newsletters()
    outbox.send_due(limit=2)
    form = desk.get(url("change", made))
    assert [form.context["counts"][name] for name in ("sent", "waiting")] == [2, 3]
    assert form.context["has_change_permission"] is False
    assert desk.post(url("change", made), {"subject_en": "Other"}).status_code == 403
    assert desk.post(reverse("admin:newsletter_newsletter_delete", args=[made.pk])).status_code == 403
    desk.post(url("send", made), {"seen": page.context["seen"]})
    assert Message.objects.count() == 5


def test_what_changed_since_it_was_looked_at_is_looked_at_again(desk: Client) -> None:
    readers()
    made = newsletter(story())
    seen = desk.get(url("send", made)).context["seen"]
    Newsletter.objects.update(subject_en="Other")
    answer = desk.post(url("send", made), {"seen": seen})
    assert "It has changed since you looked" in answer.content.decode()
    assert Newsletter.objects.get().is_draft


def test_looking_sends_nothing(desk: Client) -> None:
    readers()
    made = newsletter(story())
    for view in ("change", "preview", "send"):
        assert desk.get(url(view, made)).status_code == 200
    assert desk.get(url("test", made)).status_code == 405
    assert Newsletter.objects.get().is_draft
    assert not Message.objects.exists()


def staff(client: Client, *permissions: str) -> Member:
    person = factories.member(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(person)
    return person


def test_composing_and_sending_are_rights_apart(client: Client) -> None:
    readers()
    made = newsletter(story())
    staff(client, "change_newsletter", "view_newsletter")
    assert client.get(url("preview", made)).status_code == 200
    assert client.get(url("send", made)).status_code == client.post(url("send", made)).status_code == 403
    staff(client)
    for view in ("change", "preview", "send", "preview_html"):
        more = ["en"] if view == "preview_html" else []
        assert client.get(url(view, made, *more)).status_code == 403
    assert client.post(url("test", made)).status_code == 403


# --- readers ------------------------------------------------------------------------------------------


def test_staff_can_ask_for_somebody_and_put_nobody_on_the_list(desk: Client) -> None:
    add = reverse("admin:newsletter_subscriber_add")
    desk.post(add, sent(desk.get(add), email="mei@example.org", language="zh-hans"))
    asked = Subscriber.objects.get()
    assert (asked.state, asked.language, asked.confirmed_at) == ("asked", "zh-hans", None)
    assert Message.objects.get().kind == "newsletter_asked"
    again = desk.post(add, sent(desk.get(add), email="MEI@example.org"))
    assert "on the list already" in again.content.decode()


def test_staff_change_the_language_and_never_the_address(desk: Client) -> None:
    [known] = readers()
    form = reverse("admin:newsletter_subscriber_change", args=[known.pk])
    desk.post(form, sent(desk.get(form), language="zh-hans", email="other@example.org", state="left"))
    after = Subscriber.objects.get()
    assert (after.email, after.language, after.state) == (known.email, "zh-hans", "active")


def test_actions_ask_once_more_and_take_off(desk: Client) -> None:
    asked, active = (
        readers(1, state=Subscriber.State.ASKED, confirmed_at=None)[0],
        readers()[0],
    )
    chosen = {"_selected_action": [asked.pk, active.pk]}
    changelist = reverse("admin:newsletter_subscriber_changelist")
    desk.post(changelist, {"action": "ask_again", **chosen})
    assert Message.objects.get().to_email == asked.email
    desk.post(changelist, {"action": "take_off", **chosen})
    assert set(Subscriber.objects.values_list("state", flat=True)) == {"left"}


def test_list_of_readers_is_searched_filtered_and_costs_the_same_with_many(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    readers(30), readers(1, state=Subscriber.State.UNREACHABLE)
    changelist = reverse("admin:newsletter_subscriber_changelist")
    with django_assert_max_num_queries(8):
        desk.get(changelist)
    assert "1 subscriber" in desk.get(changelist, {"state": "unreachable"}).content.decode()
    assert "1 subscriber" in desk.get(changelist, {"q": "reader7@"}).content.decode()


def test_who_may_not_see_readers_sees_none(client: Client) -> None:
    [known] = readers()
    staff(client, "view_newsletter")
    assert client.get(reverse("admin:newsletter_subscriber_changelist")).status_code == 403
    assert known.email not in client.get("/admin/").content.decode()

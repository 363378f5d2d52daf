"""Galleries: the pictures of a page, each with a large view of its own; described pictures only."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people.models import Member
from sistercities.news.models import Story
from sistercities.pages.models import Picture, Revision
from sistercities.pages.previews import make_link
from sistercities.pages.publishing import publish
from tests import factories
from tests.forms import sent
from tests.sistercities.picture_files import EPS

pytestmark = pytest.mark.django_db
BARE = {"alt_en": "", "alt_zh_hans": ""}


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def _event(number: int = 3, **fields: Any) -> Any:
    event = factories.past_event("signing", **fields)
    for position in range(number):
        alts = {"alt_en": f"Scene {position + 1}", "alt_zh_hans": f"场面{position + 1}"}
        event.gallery.create(picture=factories.picture(1000, 500, **alts), position=position)
    return event


def _person(number: int = 3, **fields: Any) -> Any:
    person = factories.person("bradley", **fields)
    for position in range(number):
        alts = {"alt_en": f"Scene {position + 1}", "alt_zh_hans": f"场面{position + 1}"}
        person.gallery.create(picture=factories.picture(1000, 500, **alts), position=position)
    return person


def _story(number: int = 3, **fields: Any) -> Any:
    texts = {"slug": "party", "title_en": "A party", "title_zh_hans": "聚会", "publish_at": factories.PAST}
    story = Story.objects.create(**{**texts, "status": "published", **fields})
    for position in range(number):
        alts = {"alt_en": f"Scene {position + 1}", "alt_zh_hans": f"场面{position + 1}"}
        story.gallery.create(picture=factories.picture(1000, 500, **alts), position=position)
    return story


MAKERS = {"/events/signing/": _event, "/people/bradley/": _person, "/news/party/": _story}
each_gallery = pytest.mark.parametrize(("path", "make"), MAKERS.items(), ids=["event", "person", "story"])


def _main(client: Client, path: str) -> str:
    return client.get(path).content.decode().split("<main", 1)[1].split("</main>", 1)[0]


# --- the page and the view ----------------------------------------------------------------------------------


@each_gallery
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_picture_of_a_page_leads_to_its_own_view(
    client: Client, path: str, make: Any, language: str
) -> None:
    make()
    html = _main(client, f"/{language}{path}")
    for number in (1, 2, 3):
        address = f"/{language}{path}pictures/{number}/"
        assert html.count(f'href="{address}"') == 1
        words = f"Scene {number}" if language == "en" else f"场面{number}"
        assert f'alt="{words}"' in _main(client, address)


@each_gallery
def test_view_has_ways_back_and_to_both_sides(client: Client, path: str, make: Any) -> None:
    make()
    first, middle, last = (_main(client, f"/en{path}pictures/{number}/") for number in (1, 2, 3))
    for html in (first, middle, last):
        assert f'href="/en{path}"' in html
    assert 'rel="prev"' not in first
    assert f'rel="next" href="/en{path}pictures/2/"' in first
    assert f'rel="prev" href="/en{path}pictures/1/"' in middle
    assert f'rel="next" href="/en{path}pictures/3/"' in middle
    assert 'rel="next"' not in last
    assert "Picture 2 of 3" in middle
    assert "第2张，共3张" in _main(client, f"/zh-hans{path}pictures/2/")


@each_gallery
def test_view_keeps_its_room_and_is_for_no_search_engine(client: Client, path: str, make: Any) -> None:
    make(1)
    picture = Picture.objects.get()
    html = client.get(f"/en{path}pictures/1/").content.decode()
    assert f'srcset="{picture.srcset}" sizes="100vw" width="1000" height="500"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "data-leaf" not in html


@pytest.mark.parametrize(
    ("licence", "words", "url"),
    [
        ("cc-by-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-sa-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("cc0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("public-domain", "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("permission", "By permission", ""),
    ],
)
def test_credit_and_licence_stand_beside_the_picture_and_rights_nowhere(
    client: Client, licence: str, words: str, url: str
) -> None:
    event = factories.past_event("signing")
    picture = factories.picture(credit="Mei Chen", licence=licence, rights="Letter of 3 May")
    event.gallery.create(picture=picture)
    shown = f'<a href="{url}" rel="license noopener">{words}</a>' if url else f"· {words}</span>"
    for path in ("/en/events/signing/", "/en/events/signing/pictures/1/"):
        html = client.get(path).content.decode()
        assert "Photo: Mei Chen" in html
        assert shown in html
        assert "Letter of 3 May" not in html
    chinese = client.get("/zh-hans/events/signing/pictures/1/").content.decode()
    assert (f'href="{url}deed.zh-hans"' in chinese) is bool(url)


@each_gallery
@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999", "-1", "one"])
def test_number_without_a_picture_is_not_found(client: Client, path: str, make: Any, number: str) -> None:
    make()
    assert client.get(f"/en{path}pictures/{number}/").status_code == 404


@each_gallery
def test_view_of_a_draft_is_for_staff_alone(client: Client, curator: Member, path: str, make: Any) -> None:
    make(status="draft")
    assert client.get(f"/en{path}pictures/1/").status_code == 404
    client.force_login(curator)
    shown = client.get(f"/en{path}pictures/1/")
    assert shown.status_code == 200
    assert "Only staff see this page." in shown.content.decode()


def test_view_follows_its_page_to_a_new_address(client: Client) -> None:
    event = _event()
    event.slug = "the-signing"
    event.save()
    moved = client.get("/en/events/signing/pictures/2/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/events/the-signing/pictures/2/")


@each_gallery
def test_preview_shows_the_pictures_and_leads_to_no_view(client: Client, path: str, make: Any) -> None:
    link = make_link(make(status="draft"), 1)
    html = _main(client, f"/en/preview/{link.secret}/")
    assert "Scene 1" in html
    assert "pictures/1/" not in html.replace("/media/pictures/", "")


@each_gallery
@pytest.mark.parametrize("number", [1, 30])
def test_gallery_and_view_cost_the_same_with_many_pictures(
    client: Client, path: str, make: Any, number: int, django_assert_num_queries: Any
) -> None:
    make(number)
    with django_assert_num_queries(4):
        client.get(f"/en{path}pictures/1/")
    with django_assert_num_queries(1):
        client.get(f"/en{path}pictures/1/")
    html = client.get(f"/en{path}").content
    assert html.count(b'class="picture"') == number
    assert len(html) < 100_000


def test_every_picture_has_its_measures_before_it_is_there(client: Client) -> None:
    _event()
    _person(portrait=factories.picture())
    factories.city(picture=factories.picture(), slug="guangzhou")
    for path in (
        "events/signing/",
        "events/signing/pictures/2/",
        "people/bradley/",
        "people/",
        "cities/guangzhou/",
    ):
        for tag in _main(client, f"/en/{path}").split("<img")[1:]:
            assert ' width="' in tag.partition(">")[0]
            assert ' height="' in tag.partition(">")[0]


# --- pictures without words ---------------------------------------------------------------------------------


@each_gallery
def test_undescribed_picture_is_left_out_and_not_counted(client: Client, path: str, make: Any) -> None:
    page = make(2)
    page.gallery.create(picture=factories.picture(alt_zh_hans=""), position=0)
    html = _main(client, f"/en{path}")
    assert "A teal field" not in html
    assert "pictures/3/" not in html
    assert "Picture 1 of 2" in _main(client, f"/en{path}pictures/1/")
    assert client.get(f"/en{path}pictures/3/").status_code == 404


def test_undescribed_portrait_leaves_the_seal_in_its_place(client: Client) -> None:
    factories.person("bradley", portrait=factories.picture(alt_en=""))
    factories.city(picture=factories.picture(alt_en=""))
    for path in ("/en/people/bradley/", "/en/people/", "/en/"):
        html = _main(client, path)
        assert 'class="portrait' not in html
        assert 'class="seal' in html
    assert 'class="picture' not in _main(client, "/en/cities/guangzhou/")


@each_gallery
def test_staff_are_warned_on_the_page_and_readers_are_not(
    client: Client, curator: Member, path: str, make: Any
) -> None:
    page = make(1)
    page.gallery.create(picture=factories.picture(**BARE))
    words = "1 picture of this page is not described in both languages"
    assert words not in client.get(f"/en{path}").content.decode()
    client.force_login(curator)
    html = client.get(f"/en{path}").content.decode()
    assert words in html
    assert f"/admin/pages/picture/describe/?page={page._meta.label_lower}:{page.pk}" in html


@pytest.mark.parametrize(
    "make",
    [
        lambda picture: factories.person(portrait=picture, status="draft"),
        lambda picture: factories.city(picture=picture, status="draft"),
        lambda picture: _held(factories.past_event(status="draft"), picture),
        lambda picture: _held(factories.person(status="draft"), picture),
    ],
    ids=["portrait", "city", "event", "gallery of a person"],
)
def test_page_with_an_undescribed_picture_is_not_published(make: Any) -> None:
    picture = factories.picture(alt_zh_hans="")
    page = make(picture)
    with pytest.raises(ValidationError, match="“A teal field”"):
        publish(page)
    assert not type(page).objects.published().exists()
    Picture.objects.update(alt_zh_hans="一片青色")
    publish(page)
    assert type(page).objects.published().exists()


def _held(page: Any, picture: Picture) -> Any:
    page.gallery.create(picture=picture)
    return page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_form_names_the_picture_that_keeps_a_page_from_being_published(staff: Client, language: str) -> None:
    staff.cookies["django_language"] = language
    person = factories.person("bradley", portrait=factories.picture(alt_zh_hans=""), status="draft")
    change = reverse("admin:people_person_change", args=[person.pk])
    answer = staff.post(change, sent(staff.get(change), status="published"))
    said = str(answer.context["adminform"].form.errors["portrait"])
    assert ("Describe first" in said) is (language == "en")
    assert "A teal field" in said
    assert staff.post(change, sent(staff.get(change))).status_code == 302


def test_gallery_in_the_form_names_it_too_and_a_published_page_only_warns(staff: Client) -> None:
    event = _event(1, status="draft")
    event.gallery.create(picture=factories.picture(alt_en=""), position=9)
    change = reverse("admin:events_event_change", args=[event.pk])
    answer = staff.post(change, sent(staff.get(change), status="published"))
    assert "一片青色" in answer.content.decode()
    assert "Describe first, or take off" in answer.content.decode()
    type(event).objects.update(status="published")
    answer = staff.post(change, sent(staff.get(change)), follow=True)
    assert any("Describe first" in str(message) for message in answer.context["messages"])


def test_action_of_the_list_names_it_too(staff: Client) -> None:
    event = _held(factories.past_event(status="draft"), factories.picture(**BARE))
    chosen = {"action": "publish", "_selected_action": [event.pk]}
    answer = staff.post(reverse("admin:events_event_changelist"), chosen, follow=True)
    assert "not described yet" in answer.content.decode()
    assert not type(event).objects.published().exists()


# --- many at once -------------------------------------------------------------------------------------------

UPLOAD, DESCRIBE = "admin:pages_picture_upload", "admin:pages_picture_describe"
TERMS = {"credit": "Mei Chen", "licence": "cc-by-4.0", "rights": "Her letter"}


def _files(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{at}.jpg", each, "image/jpeg") for at, each in enumerate(contents, 1)]


@each_gallery
def test_many_pictures_are_put_behind_those_that_a_page_has(staff: Client, path: str, make: Any) -> None:
    page = make(2)
    address = f"{reverse(UPLOAD)}?page={page._meta.label_lower}:{page.pk}"
    change = reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])
    assert address.replace(":", "%3A") in staff.get(change).content.decode()
    answer = staff.post(address, {**TERMS, "pictures": _files(*[factories.jpeg()] * 3)})
    assert answer["Location"] == f"{reverse(DESCRIBE)}?page={page._meta.label_lower}%3A{page.pk}"
    rows = list(
        page.gallery.values_list("position", "picture__credit", "picture__licence", "picture__alt_en")
    )
    assert rows[2:] == [(number, "Mei Chen", "cc-by-4.0", "") for number in (2, 3, 4)]
    assert Revision.objects.filter(kind=page._meta.label_lower, object_id=page.pk).exists()
    assert "pictures/3/" not in _main(staff, f"/en{path}")


def test_file_that_cannot_be_taken_is_named_and_the_others_are_kept(staff: Client) -> None:
    event = _event(0)
    files = _files(factories.jpeg(), EPS, factories.jpeg(70, 70))
    answer = staff.post(
        f"{reverse(UPLOAD)}?page=events.event:{event.pk}", {**TERMS, "pictures": files}, follow=True
    )
    told = " ".join(str(message) for message in answer.context["messages"])
    assert "“2.jpg” was not taken: This is a file of the kind EPS" in told
    assert "2 pictures are kept" in told
    assert event.gallery.count() == 2


@pytest.mark.parametrize(
    ("files", "wanting"),
    [([], "required"), (_files(*[factories.jpeg()] * 21), "At most 20 files")],
    ids=["none", "too many"],
)
def test_no_file_and_too_many_are_refused_beside_the_field(staff: Client, files: Any, wanting: str) -> None:
    answer = staff.post(reverse(UPLOAD), {**TERMS, "pictures": files})
    assert wanting in str(answer.context["form"].errors["pictures"])
    assert not Picture.objects.exists()


def test_pictures_are_described_from_a_list_some_at_a_time(staff: Client) -> None:
    event = _event(1)
    for _ in range(12):
        event.gallery.create(picture=factories.picture(**BARE), position=5)
    address = f"{reverse(DESCRIBE)}?page=events.event:{event.pk}"
    shown = staff.get(address)
    assert "2 more wait behind these" in shown.content.decode()
    assert 'lang="zh-Hans"' in shown.content.decode()
    formset = shown.context["formset"]
    data = {name: value for form in [formset.management_form] for name, value in _values(form).items()}
    for form in formset:
        data |= _values(form)
    first = formset.forms[0]
    data |= {f"{first.prefix}-alt_en": "The hall", f"{first.prefix}-alt_zh_hans": "大厅"}
    Picture.objects.filter(pk=formset.forms[1].instance.pk).update(alt_en="By another", alt_zh_hans="他人")
    assert staff.post(address, data).status_code == 302
    assert Picture.objects.get(pk=first.instance.pk).is_described
    assert {entry.get_change_message() for entry in LogEntry.objects.all()} == {"Changed description."}
    assert len(staff.get(address).context["formset"].forms) == 10
    Picture.objects.update(alt_en="A", alt_zh_hans="甲")
    assert "Every picture is described" in staff.get(address).content.decode()


def _values(form: Any) -> dict[str, Any]:
    return {field.html_name: field.value() or "" for field in form}


@pytest.mark.parametrize("name", [UPLOAD, DESCRIBE])
def test_pictures_are_for_whoever_may_change_them_and_the_page(client: Client, name: str) -> None:
    event = _event(0)
    address = f"{reverse(name)}?page=events.event:{event.pk}"
    assert client.get(address).status_code == 302
    client.force_login(factories.member(is_staff=True))
    assert client.get(address).status_code == 403
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("page", ["events.event:0", "events.event:x", "people.member:1", "nonsense", "a.b:1"])
@pytest.mark.parametrize("name", [UPLOAD, DESCRIBE])
def test_page_that_is_none_is_not_found(staff: Client, name: str, page: str) -> None:
    assert staff.get(reverse(name), {"page": page}).status_code == 404


def test_page_without_a_gallery_refuses_in_words(staff: Client) -> None:
    city = factories.city()
    answer = staff.post(
        f"{reverse(UPLOAD)}?page=relationships.city:{city.pk}",
        {**TERMS, "pictures": _files(factories.jpeg())},
    )
    assert any("have no gallery" in str(message) for message in answer.context["messages"])
    assert not Picture.objects.exists()

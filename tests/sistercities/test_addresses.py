"""One person, one address: which ways of writing mean the same mailbox, which another, and which none at all."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField, Value
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.models import Member
from sistercities.mail.addresses import (
    INVISIBLE,
    MALFORMED,
    NO_DOMAIN,
    OTHER_LETTERS,
    QUOTED,
    SEVERAL,
    TOO_LONG,
    address_key,
    canonical,
    comparable,
)
from sistercities.mail.models import Message
from sistercities.newsletter import subscribing
from sistercities.newsletter.models import AskedFor, Subscriber
from sistercities.pages.forms_for_strangers import AddressField
from tests import factories

KEPT = [
    # As it is, and what is around it
    ("mei@example.org", "mei@example.org"),
    ("  mei@example.org ", "mei@example.org"),
    ("\tmei@example.org\r\n", "mei@example.org"),
    ("\u3000mei@example.org\u3000", "mei@example.org"),
    ("\u00a0mei@example.org", "mei@example.org"),
    ("\u200bmei@example.org\ufeff", "mei@example.org"),
    ("\u202amei@example.org\u202c", "mei@example.org"),
    ("mei@example.org.", "mei@example.org"),
    ("mei@example.org。", "mei@example.org"),
    # What a Chinese keyboard writes
    ("ｍｅｉ＠ｅｘａｍｐｌｅ．ｏｒｇ", "mei@example.org"),
    ("mei＠example.org", "mei@example.org"),
    ("mei@example。org", "mei@example.org"),
    ("mei@example｡org", "mei@example.org"),
    ("mei。chen@example.org", "mei.chen@example.org"),
    ("ＭＥＩ＠EXAMPLE。ＯＲＧ", "MEI@example.org"),
    # The domain has no capitals; the owner of a mailbox may have some
    ("Mei@Example.ORG", "Mei@example.org"),
    ("MEI@EXAMPLE.ORG", "MEI@example.org"),
    # Domains in other letters, and the same in ASCII
    ("mei@例子.中国", "mei@xn--fsqu00a.xn--fiqs8s"),
    ("mei@例子。中国", "mei@xn--fsqu00a.xn--fiqs8s"),
    ("mei@xn--fsqu00a.xn--fiqs8s", "mei@xn--fsqu00a.xn--fiqs8s"),
    ("mei@XN--FSQU00A.XN--FIQS8S", "mei@xn--fsqu00a.xn--fiqs8s"),
    ("mei@Bücher.example", "mei@xn--bcher-kva.example"),
    ("mei@bu\u0308cher.example", "mei@xn--bcher-kva.example"),
    ("mei@BÜCHER.example", "mei@xn--bcher-kva.example"),
    ("mei@пример.рф", "mei@xn--e1afmkfd.xn--p1ai"),
    # Another person each, whatever some mail servers make of it
    ("mei+gala@example.org", "mei+gala@example.org"),
    ("m.e.i@gmail.com", "m.e.i@gmail.com"),
    ("mei@mail.example.org", "mei@mail.example.org"),
    ("mei@straße.example", "mei@xn--strae-oqa.example"),
    ("mei@strasse.example", "mei@strasse.example"),
    # Cyrillic е in the domain: it looks like the Latin one, and is another
    ("mei@\u0435xample.org", "mei@xn--xample-2of.org"),
    # Rare, and good
    ("o'brien@example.org", "o'brien@example.org"),
    ("_=!#$%&*/?^`{|}~-@example.org", "_=!#$%&*/?^`{|}~-@example.org"),
    ("123456@qq.com", "123456@qq.com"),
    ("m@a.co", "m@a.co"),
    ("mei@3.example", "mei@3.example"),
    ("mei@ab--cd.example", "mei@ab--cd.example"),
    ("x" * 64 + "@example.org", "x" * 64 + "@example.org"),
    ("mei@" + "x" * 63 + ".example", "mei@" + "x" * 63 + ".example"),
]
REFUSED = [
    ("mei", MALFORMED),
    ("mei@", MALFORMED),
    ("@example.org", MALFORMED),
    ("mei@localhost", MALFORMED),
    ("mei@example", MALFORMED),
    ("me i@example.org", MALFORMED),
    ("mei @example.org", MALFORMED),
    ("mei@ example.org", MALFORMED),
    (".mei@example.org", MALFORMED),
    ("mei.@example.org", MALFORMED),
    ("me..i@example.org", MALFORMED),
    ("mei,wei@example.org", MALFORMED),
    ("梅@example.org", OTHER_LETTERS),
    ("josé@example.org", OTHER_LETTERS),
    ("m\u0435i@example.org", OTHER_LETTERS),  # Cyrillic е
    ('"mei chen"@example.org', QUOTED),
    ("mei(home)@example.org", QUOTED),
    ("mei（家）@example.org", QUOTED),
    ("Mei Chen <mei@example.org>", QUOTED),
    ("mailto:mei@example.org", QUOTED),
    ("mei\\@example.org", QUOTED),
    ("mei@[192.0.2.1]", QUOTED),
    ("mei@wei@example.org", SEVERAL),
    ("mei@example.org, wei@example.org", SEVERAL),
    ("mei@example.org；wei@example.org", SEVERAL),
    ("mei@192.0.2.1", NO_DOMAIN),
    ("mei@-example.org", NO_DOMAIN),
    ("mei@example-.org", NO_DOMAIN),
    ("mei@exa_mple.org", NO_DOMAIN),
    ("mei@example..org", NO_DOMAIN),
    ("mei@.example.org", NO_DOMAIN),
    ("mei@example.org/path", NO_DOMAIN),
    ("mei@xn--a.example", NO_DOMAIN),
    ("mei@😀.example", NO_DOMAIN),
    ("mei@" + "x" * 64 + ".example", NO_DOMAIN),
    ("m\x00ei@example.org", INVISIBLE),
    ("mei\n@example.org", INVISIBLE),
    ("mei@example.org\nBcc: wei", INVISIBLE),
    ("m\u200bei@example.org", INVISIBLE),
    ("mei@exam\u202eple.org", INVISIBLE),
    ("mei@exam\u00adple.org", INVISIBLE),
    ("x" * 65 + "@example.org", TOO_LONG),
    ("mei@" + ".".join(["x" * 60] * 5), TOO_LONG),
    ("mei@" + "x." * 126 + "xx", TOO_LONG),
    ("x" * 60 + "@" + "x" * 60 + "." + "y" * 60 + "." + "z" * 60 + ".example.org.uk", TOO_LONG),
    ("例" * 100_000 + "@example.org", TOO_LONG),
    ("mei@" + "ﷺ" * 100_000, TOO_LONG),
]
# What somebody may type who has one of these: letters, full width and half, capitals, outer spaces.
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
LOCAL = st.from_regex(r"[a-zA-Z0-9_+-]{1,12}(\.[a-zA-Z0-9_+-]{1,12})?", fullmatch=True)
LABELS = st.lists(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True), min_size=1, max_size=3)
ADDRESSES = st.builds(lambda local, labels: f"{local}@{'.'.join(labels)}.org", LOCAL, LABELS)


@pytest.mark.parametrize(("typed", "kept"), KEPT)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert canonical(typed) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_what_is_no_address_of_ours_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        canonical(typed)
    assert refused.value.message == words
    with pytest.raises(ValidationError) as shown:
        AddressField().clean(typed)
    assert shown.value.messages == [str(words)]


def test_the_tables_are_of_different_addresses() -> None:
    assert len({typed for typed, _ in KEPT + REFUSED}) == len(KEPT) + len(REFUSED) >= 80


def test_tags_dots_and_letters_that_look_alike_are_other_people() -> None:
    others = ["mei+gala@example.org", "m.ei@example.org", "mei@еxample.org", "mei@example.com"]
    assert len({comparable(each) for each in ["mei@example.org", *others]}) == 5


@given(ADDRESSES, st.sampled_from(["", " ", "\u3000", "\t", "\u200b"]), st.booleans(), st.booleans())
def test_however_an_address_is_typed_it_is_compared_as_one(
    address: str, around: str, in_capitals: bool, in_full_width: bool
) -> None:
    typed = address.upper() if in_capitals else address
    typed = typed.translate(WIDE) if in_full_width else typed
    assert comparable(around + typed + around) == comparable(address) == address.lower()


@given(ADDRESSES, ADDRESSES)
def test_two_addresses_that_differ_in_a_letter_are_two_people(one: str, other: str) -> None:
    assert (comparable(one) == comparable(other)) == (one.lower() == other.lower())


@given(st.text(max_size=300) | st.text('@.。．＠ aüß例xn-\u200b\u00ad"(<', max_size=30))
def test_any_text_is_kept_in_one_form_or_refused_in_words(text: str) -> None:
    comparable(text)
    try:
        kept = canonical(text)
    except ValidationError:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert len(kept) <= 254
    assert canonical(kept) == kept
    assert AddressField().clean(text) == kept


def test_a_field_that_may_stay_empty_stays_empty() -> None:
    assert AddressField(required=False).clean("  ") == ""
    assert comparable("") == ""


@pytest.mark.django_db
def test_the_database_compares_what_we_keep_as_we_do() -> None:
    texts = [kept for _, kept in KEPT]
    factories.member()
    for text in texts:
        kept = Member.objects.values_list(address_key(Value(text, CharField())), flat=True).get()
        assert kept == comparable(text)


# --- wherever addresses are met -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_member_is_found_however_the_address_is_typed() -> None:
    mei = Member.objects.create_user("Mei@例子.中国")
    assert mei.email == "Mei@xn--fsqu00a.xn--fiqs8s"
    assert Member.objects.get_by_natural_key("ＭＥＩ@例子。中国") == mei


@pytest.mark.django_db
def test_two_members_have_two_addresses_also_for_the_database() -> None:
    Member.objects.create_user("mei@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Member(email="ＭＥＩ＠example.org").save()


@pytest.mark.django_db
def test_a_member_signs_in_from_a_chinese_keyboard(client: Client) -> None:
    Member.objects.create_user("mei@example.org")
    answer = client.post(reverse("account_request_login_code"), {"email": "ｍｅｉ＠ｅｘａｍｐｌｅ。ｏｒｇ"})
    assert answer.status_code == 303
    wrong = Client().post(reverse("account_request_login_code"), {"email": "梅@example.org"})
    assert str(OTHER_LETTERS) in wrong.content.decode()


@pytest.mark.django_db
def test_staff_who_write_a_known_address_in_full_width_are_told(client: Client) -> None:
    client.force_login(Member.objects.create_superuser("curator@example.org"))
    for model in ("people_member", "newsletter_subscriber"):
        sent = {"email": "ｗｅｉ＠example.org", "language": "en"}
        first = client.post(reverse(f"admin:{model}_add"), sent)
        assert first.status_code == 302
        again = client.post(reverse(f"admin:{model}_add"), {**sent, "email": "WEI@Example.org"})
        assert again.status_code in (200, 422)
        assert "already" in again.content.decode()
    assert [member.email for member in Member.objects.at("wei@example.org")] == ["wei@example.org"]


@pytest.mark.django_db
def test_another_address_of_a_member_closes_the_old_one_however_it_is_written(client: Client) -> None:
    client.force_login(Member.objects.create_superuser("curator@example.org"))
    mei = Member.objects.create_user("mei@example.org")
    for each in ("mei@example.org", "Chen@Example.org"):
        EmailAddress.objects.create(user=mei, email=each, verified=True)
    page = client.get(address := reverse("admin:people_member_change", args=[mei.pk]))
    fields = page.context["adminform"].form.initial
    sent = {name: value for name, value in fields.items() if isinstance(value, str)}
    client.post(address, {**sent, "email": "ＣＨＥＮ＠example.org", "is_active": "on"})
    assert [each.email for each in EmailAddress.objects.filter(user=mei)] == ["Chen@Example.org"]


@pytest.mark.django_db
def test_a_subscriber_is_one_however_often_and_in_what_letters_they_ask() -> None:
    for typed in ("mei@bücher.example", "MEI@XN--BCHER-KVA.example", "ｍｅｉ@BÜCHER.example"):
        subscribing.ask(AddressField().clean(typed), "en", f"nonce-{typed}")
    assert Subscriber.objects.count() == AskedFor.objects.count() == Message.objects.count() == 1
    assert Subscriber.objects.at("Mei@Bücher.example").get().email == "mei@xn--bcher-kva.example"

"""The letters about an account: to the right address, in the language of its owner."""

import re

import pytest
from allauth.account.models import EmailAddress

from people import account_letters
from people.models import Member
from sistercities.mail.models import Message
from tests.people.entering import (
    come_in,
    english_in,
    letters,
    newest_code,
    passkey_of,
)

pytestmark = pytest.mark.django_db


def test_another_address_is_confirmed_by_a_code_and_the_main_address_is_told(member: Member) -> None:
    client = come_in(member)
    client.post("/en/members/email/", {"action_add": "", "email": "mei@example.com"})
    letter = letters()[-1]
    assert (letter.to, letter.subject) == (["mei@example.com"], "Please confirm your address")
    assert Message.objects.get(kind="account_address_code").snapshot == {}
    client.post("/en/members/confirm-email/", {"code": newest_code()})
    assert EmailAddress.objects.get(email="mei@example.com").verified
    assert [(each.to, each.subject) for each in letters()[-1:]] == [
        (["Mei Chen <mei@example.org>"], "An address was added to your account")
    ] or letters()[-1].to == ["mei@example.org"]


def test_letters_about_the_account_are_in_the_language_of_its_owner(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(language="zh-hans")
    lost = passkey_of(member)
    come_in(member).post(f"/en/members/security/webauthn/keys/{lost.pk}/remove/")
    letter = letters()[-1]
    assert letter.subject == "您账户的一个通行密钥已移除"
    body = re.sub(r"http\S+", "", letter.body)
    assert english_in(f"<main>{body}</main>") == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_letter_about_an_account_is_written_in_full(member: Member, language: str) -> None:
    told = {
        "name": "陈梅",
        "address": "a@example.org",
        "to_email": "b@example.org",
        "from_email": "c@example.org",
    }
    told |= {"deleted_email": "d@example.org", "code": "12345678", "device": "Safari", "role": "translator"}
    for library_name in account_letters.KINDS:
        account_letters.ask(f"account/email/{library_name}", member.email, told, language)
    written = letters()
    assert len({letter.subject for letter in written}) == len(set(account_letters.KINDS.values()))
    for letter in written:
        whole = [letter.subject, letter.body, str(letter.alternatives[0].content)]
        assert not [text for text in whole if "%(" in text or "{{" in text]
        if language == "zh-hans":
            assert english_in(f"<main>{re.sub(r'http.+', '', letter.subject + letter.body)}</main>") == []

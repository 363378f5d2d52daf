"""The development mailbox shows what would have been sent, whatever lies in its folder."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from sistercities.mail.mailbox import letter, letters

pytestmark = pytest.mark.django_db
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DEVELOPMENT = True
    settings.EMAIL_BACKEND = FILES
    settings.EMAIL_FILE_PATH = settings.MAILBOX_DIR = tmp_path / "mail"
    return tmp_path / "mail"


def send(
    subject: str = "您的席位已确认：元宵招待会 · Lantern Reception at the City Hall of Los Angeles",
) -> None:
    mail = EmailMultiAlternatives(
        subject, "尊敬的梁文：\nhttps://example.org/rsvp/", to=["梁文 <liang@example.org>"]
    )
    mail.attach_alternative(
        "<!doctype html><head><style>p{color:red}</style></head><p>尊敬的梁文</p>", "text/html"
    )
    mail.attach("元宵.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar; method=PUBLISH")
    mail.send()


def test_mail_is_read_back_with_its_parts(folder: Path) -> None:
    send()
    (found,) = letters(folder)
    assert found.subject.startswith("您的席位已确认：元宵招待会 · Lantern Reception")
    assert found.recipient == "梁文 <liang@example.org>"
    assert found.text.startswith("尊敬的梁文：")
    assert "<p>尊敬的梁文</p>" in found.html
    assert [(file.name, file.mimetype) for file in found.files] == [("元宵.ics", "text/calendar")]
    assert found.files[0].content.startswith(b"BEGIN:VCALENDAR")


def test_newest_mail_is_first_and_one_file_may_hold_several(folder: Path) -> None:
    send("one")
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes() + file.read_bytes().replace(b"one", b"two"))
    os.utime(file, (1, 1))
    send("three")
    assert [found.subject for found in letters(folder)] == ["three", "two", "one"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"-" * 79 + b"\n",
        b"Subject: =?nonsense?q?abc?=\nContent-Type: text/plain; charset=klingon\n\nabc \xff",
        b"Subject: =?utf-8?b?not base64?=\nTo: =?utf-8?q?\xff?=\n\n",
        b"Date: tomorrow\nContent-Type: multipart/mixed\n\nno boundary",
        b"Date: Fri, 99 Foo 99999 99:99:99 +9999\nContent-Type: a\n b/c\n\n",
        b'Content-Type: text/html\nContent-Disposition: attachment; filename="a\n b"\n\n<p>',
        "Subject: 未编码\n\n正文".encode("gb18030"),
    ],
)
def test_odd_files_do_no_harm(client: Client, folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "odd.eml").write_bytes(content)
    (folder / "folder.log").mkdir()
    (folder / "gone.log").symlink_to(folder / "nowhere")
    assert client.get("/mail/").status_code == 200
    for found in letters(folder):
        for page in ("", "html/"):
            assert client.get(f"/mail/odd.eml/{found.number}/{page}").status_code == 200
        for place in range(1, len(found.files) + 1):
            assert client.get(f"/mail/odd.eml/{found.number}/files/{place}/").status_code == 200


def test_no_address_leads_out_of_the_folder(client: Client, folder: Path, tmp_path: Path) -> None:
    send()
    (tmp_path / "secret.eml").write_bytes(b"Subject: secret\n\nsecret")
    assert letter(folder, "../secret.eml", 1) is None
    assert client.get("/mail/..%2Fsecret.eml/1/").status_code == 404


def test_pages_show_list_and_letter(client: Client, folder: Path) -> None:
    send()
    (file,) = folder.iterdir()
    assert "您的席位已确认" in client.get("/mail/").content.decode()
    page = client.get(f"/mail/{file.name}/1/")
    assert '<a href="https://example.org/rsvp/"' in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_letter_may_style_itself_and_do_nothing_else(client: Client, folder: Path) -> None:
    send()
    (file,) = folder.iterdir()
    response = client.get(f"/mail/{file.name}/1/html/")
    policy = response.headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_attached_file_is_downloaded_under_its_name(client: Client, folder: Path) -> None:
    send()
    (file,) = folder.iterdir()
    response = client.get(f"/mail/{file.name}/1/files/1/")
    assert response.headers["Content-Type"] == "text/calendar"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert client.get(f"/mail/{file.name}/1/files/2/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "a.log/1/", "a.log/1/html/", "a.log/1/files/1/"])
def test_there_is_no_mailbox_where_mail_is_really_sent(
    client: Client, folder: Path, settings: Any, path: str
) -> None:
    send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get(f"/mail/{path}", follow=True).status_code == 404
    settings.EMAIL_BACKEND, settings.DEVELOPMENT = FILES, False
    assert client.get(f"/mail/{path}", follow=True).status_code == 404

"""Documents: judged by what they hold, kept as they came, served so that nothing in them can act."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.models import Member
from sistercities.pages.documents import MEGABYTES, inspect
from sistercities.pages.models import Document
from tests import factories

ADD = "admin:pages_document_add"
WORDS = {"title_en": "The agreement, page 1", "title_zh_hans": "协议第1页", "rights": "Our own"}
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
HTML = "\ufeff \n<!doctype html><script>alert(1)</script>".encode()
SCRIPTED = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(client: Client, curator: Member) -> Client:
    client.force_login(curator)
    return client


def document(content: bytes = PDF, **fields: Any) -> Document:
    return Document.objects.create(file=ContentFile(content, name="scan.pdf"), **{**WORDS, **fields})


def _refused(content: bytes, name: str = "scan.pdf") -> str:
    with pytest.raises(ValidationError) as refused:
        inspect(ContentFile(content, name=name))
    return refused.value.code


def _sent(staff: Client, content: bytes, name: str = "scan.pdf", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, content, "application/pdf")
    return staff.post(reverse(ADD), {**WORDS, "language": "", "credit": "", **fields, "file": file})


def _said(answer: Any) -> str:
    return " ".join(answer.context["adminform"].form.errors["file"])


# --- what is taken, and what is not -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "extension"),
    [(PDF, "pdf"), (factories.jpeg(), "jpg"), (PNG, "png"), ("Article 1\n第一条".encode(), "txt")],
)
def test_file_is_known_by_what_it_holds_whatever_it_is_called(content: bytes, extension: str) -> None:
    found = inspect(ContentFile(content, name="something.exe"))
    assert found.extension == extension
    assert found.size == len(content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.pdf", "empty"),
        (EXE, "agreement.pdf", "not_a_document"),
        (HTML, "agreement.txt", "not_a_document"),
        (SCRIPTED, "seal.png", "not_a_document"),
        ("第一条".encode("gb18030"), "agreement.txt", "not_a_document"),
        (b"text\0with", "agreement.txt", "not_a_document"),
        (b"PK\x03\x04" + b"\0" * 30, "agreement.docx", "not_a_document"),
        (PDF + b" " * MEGABYTES * 1_000_000, "scan.pdf", "too_heavy"),
    ],
)
def test_file_that_is_no_document_is_refused(content: bytes, name: str, why: str) -> None:
    assert _refused(content, name) == why


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("content", [EXE, HTML])
def test_refusal_is_said_beside_the_field_in_the_language_of_the_screen(
    staff: Client, language: str, content: bytes
) -> None:
    staff.cookies["django_language"] = language
    said = _said(_sent(staff, content, "agreement.txt"))
    assert ("PDF, JPEG, PNG" in said) is (language == "en")
    assert "PDF" in said
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_empty_file_and_no_title_are_explained(staff: Client) -> None:
    assert "empty" in _said(_sent(staff, b""))
    answer = _sent(staff, PDF, title_en="", title_zh_hans="")
    assert "A document needs a title" in answer.content.decode()


@pytest.mark.django_db
def test_same_file_twice_is_refused_by_the_name_that_it_has(staff: Client) -> None:
    assert _sent(staff, PDF).status_code == 302
    answer = _sent(staff, PDF, title_en="Another title")
    assert "already, as “The agreement, page 1”" in _said(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        document()


# --- how it is kept, served and let go ---------------------------------------------------------------------


@pytest.mark.django_db
def test_document_is_kept_byte_for_byte_under_a_name_nobody_can_guess(store: Path) -> None:
    made = document()
    kept = store / str(made.file)
    assert kept.read_bytes() == PDF
    assert made.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "scan" not in str(made.file)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "media_type", "extension"),
    [
        (PDF, "application/pdf", "pdf"),
        (PNG, "image/png", "png"),
        (b"Text", "text/plain; charset=utf-8", "txt"),
    ],
)
def test_document_is_shown_under_its_title_and_can_do_nothing(
    client: Client, content: bytes, media_type: str, extension: str
) -> None:
    made = document(content)
    factories.past_event().documents.create(document=made)
    with translation.override("en"):
        response = client.get(made.url, HTTP_ACCEPT_LANGUAGE="en")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'inline; filename="The agreement, page 1.{extension}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "allow-" not in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_only_documents_that_are_on_record_are_served(client: Client, store: Path) -> None:
    made = document()
    factories.past_event().documents.create(document=made)
    stray = store / "documents" / f"{'a' * 32}.pdf"
    stray.write_bytes(PDF)
    for path in (f"documents/{stray.name}", "documents/../../manage.py", "documents/x.pdf", "documents/"):
        assert client.get(f"/media/{path}").status_code == 404
    assert client.post(made.url).status_code == 405
    (store / str(made.file)).unlink()
    assert client.get(made.url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_document_that_is_deleted_or_replaced_leaves_no_file(store: Path) -> None:
    made = document()
    made.file = ContentFile(b"Another text", name="text.txt")
    made.save()
    assert [path.suffix for path in store.rglob("*.*")] == [".txt"]
    assert (made.media_type, made.size) == ("text/plain; charset=utf-8", 12)
    made.delete()
    assert list(store.rglob("*.*")) == []


@pytest.mark.django_db
def test_document_in_use_names_its_pages_and_cannot_be_deleted(staff: Client) -> None:
    made = document()
    change = reverse("admin:pages_document_change", args=[made.pk])
    assert "nowhere yet" in staff.get(change).content.decode()
    accord = factories.agreement(slug="accord")
    accord.wordings.create(language="en", scan=made)
    used_by = reverse("admin:relationships_agreement_change", args=[accord.pk])
    assert f'<a href="{used_by}">Agreement accord</a>' in staff.get(change).content.decode()
    told = staff.get(reverse("admin:pages_document_delete", args=[made.pk])).content.decode()
    assert "cannot be deleted, for other things rest on it" in told
    assert "Agreement accord" in told
    with pytest.raises(ProtectedError):
        made.delete()


@pytest.mark.django_db
def test_scan_is_shown_on_its_agreement_with_kind_size_and_checksum(client: Client) -> None:
    made = document(credit="Guangzhou Municipal Archives", language="zh-Hans")
    accord = factories.agreement(slug="accord")
    accord.wordings.create(language="zh-Hans", scan=made)
    content = client.get("/en/agreements/accord/").content.decode()
    assert f'href="{made.url}"' in content
    assert f"PDF · {len(PDF)}\xa0bytes · Simplified Chinese · Guangzhou Municipal Archives" in content
    assert made.sha256 in content


@pytest.mark.django_db
def test_document_of_a_draft_is_linked_from_nowhere(client: Client) -> None:
    made = document()
    accord = factories.agreement(slug="accord", status="draft")
    accord.wordings.create(language="en", scan=made)
    for path in (
        "/en/agreements/",
        "/en/agreements/accord/",
        "/en/relationships/",
        "/en/search/?q=agreement",
    ):
        assert made.url not in client.get(path).content.decode()

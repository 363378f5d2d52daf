"""Pictures and documents on another store than the disk: a server that speaks S3, with nothing fetched but from us."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from people.models import Member, Person
from sistercities.pages.models import Document, Picture
from sistercities.pages.publishing import publish, withdraw
from tests import factories

KEYS = {"region_name": "us-west-2", "aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
OPTIONS = {
    "access_key": "testing",
    "secret_key": "testing",
    "region_name": "us-west-2",
    "file_overwrite": False,
}


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    with closing(socket.socket()) as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while not _answers(port):
            assert server.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def s3(endpoint: str, settings: Any) -> Iterator[Any]:
    """Two buckets: what readers may be given one day, and what they are never given."""
    client = boto3.client("s3", endpoint_url=endpoint, **KEYS)
    stores = dict(settings.STORAGES)
    for alias, bucket in (("default", "media"), ("private", "private")):
        client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
        options = {**OPTIONS, "bucket_name": bucket, "endpoint_url": endpoint}
        stores[alias] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = stores
    yield client
    for bucket in ("media", "private"):
        for name in _names(client, bucket):
            client.delete_object(Bucket=bucket, Key=name)
        client.delete_bucket(Bucket=bucket)


@pytest.fixture
def staff(curator: Member) -> Client:
    client = Client()
    client.force_login(curator)
    return client


def _names(s3: Any, bucket: str) -> list[str]:
    return sorted(each["Key"] for each in s3.list_objects_v2(Bucket=bucket).get("Contents", []))


def _upload(staff: Client, content: bytes) -> Picture:
    file = SimpleUploadedFile("picture.jpg", content, "image/jpeg")
    words = {"alt_en": "A field", "alt_zh_hans": "一片田野", "rights": "Our own", "focus": "top"}
    sent = {**words, "licence": "cc0-1.0", "file": file}
    assert staff.post(reverse("admin:pages_picture_add"), sent).status_code == 302
    return Picture.objects.get()


@pytest.mark.django_db(transaction=True)
def test_picture_lives_on_s3_and_is_fetched_from_us_alone(s3: Any, staff: Client, client: Client) -> None:
    sent = factories.jpeg(1000, 500)
    picture = _upload(staff, sent)
    assert _names(s3, "media") == sorted(picture.file_names)
    assert _names(s3, "private") == [picture.original.name]
    assert s3.get_object(Bucket="private", Key=picture.original.name)["Body"].read() == sent

    person: Person = factories.person(portrait=picture, status="draft")
    assert picture.url.startswith("/media/pictures/")
    assert client.get(picture.url).status_code == 404
    assert staff.get(picture.url)["Cache-Control"] == "private, no-store"

    publish(person)
    for name in picture.file_names:
        answer = client.get(f"/media/{name}")
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert b"".join(answer.streaming_content) == s3.get_object(Bucket="media", Key=name)["Body"].read()

    withdraw(person)
    assert client.get(picture.url).status_code == 404
    person.delete()
    assert (
        staff.post(reverse("admin:pages_picture_delete", args=[picture.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert _names(s3, "media") == _names(s3, "private") == []


@pytest.mark.django_db(transaction=True)
def test_copies_on_s3_are_made_again_and_the_original_is_given_to_staff(s3: Any, staff: Client) -> None:
    sent = factories.jpeg(1000, 500)
    picture = _upload(staff, sent)
    before = _names(s3, "media")
    picture.remake()
    assert len(_names(s3, "media")) == 3
    assert not set(before) & set(_names(s3, "media"))
    answer = staff.get(reverse("admin:pages_picture_original", args=[picture.pk]))
    assert b"".join(answer.streaming_content) == sent


@pytest.mark.django_db(transaction=True)
def test_document_lives_on_s3_and_goes_with_its_row(s3: Any, client: Client) -> None:
    document: Document = factories.document()
    assert _names(s3, "media") == [document.file.name]
    assert client.get(document.url).status_code == 404
    event = factories.past_event()
    event.documents.create(document=document)
    assert b"".join(client.get(document.url).streaming_content) == b"%PDF-1.4 Programme"
    event.delete()
    document.delete()
    assert _names(s3, "media") == []


@pytest.mark.django_db
def test_file_that_the_store_has_lost_is_not_found(s3: Any, client: Client) -> None:
    picture = factories.picture()
    factories.person(portrait=picture)
    s3.delete_object(Bucket="media", Key=picture.file.name)
    assert client.get(picture.url).status_code == 404

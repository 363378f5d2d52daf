"""What all tests share: three standing people, a clean cache, and a real browser where there is one."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings
from django.utils import translation

from people.models import Member
from tests import factories
from tests.chromium import CHROMIUM, CHROMIUM_OPTIONS


def pytest_configure() -> None:
    # Passwords of tests need no minutes of hashing.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _plain_language() -> Iterator[None]:
    """A request leaves its language behind in the thread; each test begins in English."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _clean_caches() -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture(autouse=True, scope="session")
def _own_media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pictures of tests lie in folders of their own, and so do their originals."""
    place = {"location": tmp_path_factory.mktemp("private"), "base_url": None}
    stores = {**settings.STORAGES, "private": {**settings.STORAGES["private"], "OPTIONS": place}}
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), STORAGES=stores):
        yield


@pytest.fixture
def member(db: None) -> Member:
    """A member of the association, without any other right."""
    return factories.member("mei@example.org", name="Mei Chen")


@pytest.fixture
def curator(db: None) -> Member:
    """Somebody who may enter the admin and edit everything."""
    return Member.objects.create_superuser("curator@example.org", "a password of a test", name="Cora Tor")


@pytest.fixture
def stranger(client: Any) -> Any:
    """A visitor of whom nothing is known."""
    return client


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium. Its absence skips on a developer's machine and fails in continuous integration."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("The browser tests need Chromium: apt-get install chromium fonts-noto-cjk")
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and only browser tests need it

    # Playwright's synchronous interface keeps an event loop in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="en-GB", timezone_id="America/Los_Angeles")
    yield context.new_page()
    context.close()

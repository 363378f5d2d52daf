"""When the database is away the site says so, quickly and in the reader's language, and comes back by itself."""

import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.journeys.site import Site

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 3


def test_without_a_database_every_page_says_so_and_all_works_again_afterwards(tmp_path: Path) -> None:
    with Site(tmp_path) as site:
        site.run("demo")
        paths = ["/en/", "/zh-hans/events/", "/zh-hans/rsvp/unknown/", "/feed.en.atom", "/en/search/?q=port"]
        for path in paths:
            urllib.request.urlopen(site.url + path.replace("rsvp/unknown/", ""), timeout=10).close()
        site.database.stop()
        for path in paths:
            began = time.monotonic()
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(site.url + path, timeout=10)
            took = time.monotonic() - began
            page = refused.value.read().decode()
            assert (path, refused.value.code) == (path, 503)
            assert took < PATIENCE_SECONDS
            assert refused.value.headers["Retry-After"]
            assert ('<html lang="zh-Hans"' in page) == path.startswith("/zh-hans/")
        assert urllib.request.urlopen(site.url + "/healthz", timeout=10).status == 200
        site.database.start()
        for path in ["/en/", "/zh-hans/events/", "/admin/login/"]:
            assert urllib.request.urlopen(site.url + path, timeout=10).status == 200

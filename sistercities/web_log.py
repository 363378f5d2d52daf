"""The web server's own log of requests, for whoever switches it on: without personal links."""

from typing import Any

from gunicorn.glogging import Logger

from sistercities.logs import without_links


class WithoutLinks(Logger):
    """As gunicorn writes it, with the secret part of every personal link left out of addresses and referrers."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        found = super().atoms(resp, req, environ, request_time)
        return {
            name: without_links(value) if isinstance(value, str) else value for name, value in found.items()
        }

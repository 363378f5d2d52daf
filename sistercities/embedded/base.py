"""Django's PostgreSQL backend, which starts the embedded server when nobody answers."""

import os
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from sistercities.embedded.errors import EmbeddedPostgresError
from sistercities.embedded.server import PATIENCE, SOCKET, Server


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects as usual; a page that finds the server gone brings it back instead of failing."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        server = Server(self.settings_dict["EMBEDDED_FOLDER"])
        if not (server.socket_folder / SOCKET).exists():
            self._start(server)
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:  # the socket of a server that was killed
            self._start(server)
            return super().get_new_connection(conn_params)

    def _start(self, server: Server) -> None:
        """A reader waits two seconds for it (`make run` says so in the environment), a command longer."""
        try:
            server.start(patience=float(os.environ.get("EMBEDDED_PATIENCE", PATIENCE)))
        except EmbeddedPostgresError as problem:
            raise psycopg.OperationalError(str(problem)) from problem

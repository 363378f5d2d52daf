"""`python -m sistercities.embedded start|stop|status FOLDER`, for scripts and for `make stop`."""

import sys
from pathlib import Path

from sistercities.embedded.errors import EmbeddedPostgresError
from sistercities.embedded.server import Server


def main(verb: str, folder: str) -> str:
    """Do it and say what came of it."""
    server = Server(Path(folder))
    if verb == "start":
        started = server.start()
        return f"{'started' if started else 'running'} {server.pid()} {server.socket_folder}"
    if verb == "stop":
        return "stopped" if server.stop() else "not running"
    if verb == "status":
        return f"running {server.pid()} {server.socket_folder}" if server.answers() else "not running"
    raise SystemExit(__doc__)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        print(main(*sys.argv[1:]))
    except EmbeddedPostgresError as problem:
        sys.exit(str(problem))

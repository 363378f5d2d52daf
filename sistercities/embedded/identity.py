"""Under which user the server runs: PostgreSQL refuses to be root, and many containers have nobody else."""

import dataclasses
import functools
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from sistercities.embedded.errors import EmbeddedPostgresError


@dataclasses.dataclass(frozen=True)
class Identity:
    """Who owns the data folder, and the command that turns root into that user."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def take(self, folder: Path) -> None:
        """Hand a folder and all in it to the server's user: root may have run it as another one before."""
        if folder.lstat().st_uid == self.uid:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_identity(binary: Path, data: Path) -> Identity:
    """Ourselves; as root, ourselves inside a user namespace, or else `nobody`."""
    if os.geteuid() != 0:
        return Identity(os.geteuid(), os.getegid())
    if namespace := user_namespace():
        return Identity(0, 0, namespace)
    return nobody(binary, data)


@functools.cache
def user_namespace() -> tuple[str, ...]:
    """A namespace where root has another number: all files stay root's, nothing is handed over."""
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    command = (unshare, "--user", "--map-user=1000", "--map-group=1000", "--")
    return command if _works(*command, "true") else ()


def nobody(binary: Path, data: Path) -> Identity:
    """Root in a container without namespaces: the data folder goes to `nobody`.

    Where the way to it leads through folders closed to others (a checkout below root's home), the server
    keeps root's right to pass through, and no other.
    """
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root, and this system offers neither user namespaces nor setpriv. "
            "Run as an ordinary user, install util-linux, or set DATABASE_URL to a server that runs already."
        )
    account = pwd.getpwnam("nobody")
    plain = (setpriv, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
    passing = (*plain, "--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    try_it = ("sh", "-c", 'cd "$1" && "$2" --version', "sh", str(data.parent), str(binary))
    for command in (plain, passing):
        if _works(*command, "--", *try_it):
            return Identity(account.pw_uid, account.pw_gid, (*command, "--"))
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root, and the user `nobody` cannot reach {data.parent}. "
        "Move the project to a folder that others may enter, run as an ordinary user, or set DATABASE_URL."
    )


def _works(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0

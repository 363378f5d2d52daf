"""What has to happen to mails because time goes by."""

from sistercities.mail import keeping
from sistercities.tasks import every


@every(seconds=3600)
def forget_old_mails() -> None:
    """A mail is remembered for three months after it was sent."""
    keeping.forget_old()

"""What has to happen to memberships, roles and sessions because time goes by."""

from people import devices, granting, membership
from sistercities.tasks import every


@every(seconds=60 * 60)
def remind_of_memberships_that_end() -> None:
    """Two months and two weeks before the end, and on the day after; each letter once."""
    membership.remind()


@every(seconds=5 * 60)
def end_roles() -> None:
    """Roles whose last day is over, and the sessions that they opened."""
    granting.end_due()


@every(seconds=60 * 60)
def forget_sessions() -> None:
    """Sessions that are over, and on which devices they were."""
    devices.forget_sessions()

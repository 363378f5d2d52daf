"""What has to happen to counts because time goes by."""

from sistercities.limits import counting
from sistercities.tasks import every


@every(seconds=counting.HOUR)
def forget_counts() -> None:
    """A count whose span is over says nothing any more."""
    counting.forget_what_is_over()

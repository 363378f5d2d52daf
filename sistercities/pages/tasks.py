"""What has to happen to pages and what readers say of them because time goes by."""

from sistercities.pages import corrections
from sistercities.tasks import every

A_DAY = 24 * 60 * 60


@every(seconds=A_DAY)
def forget_handled_corrections() -> None:
    """A request with its sender's name and address is kept for a year after it was handled."""
    corrections.forget_handled()

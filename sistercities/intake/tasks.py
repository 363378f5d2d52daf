"""What has to happen to lists that were handed in because time goes by."""

from sistercities.intake.models import Intake
from sistercities.tasks import every


@every(seconds=60 * 60)
def forget_what_was_left_lying() -> None:
    """Lists that nobody took over within a month go; of those that were, the lines that were left out."""
    lying = Intake.objects.left_lying()
    lying.filter(taken_at=None).delete()
    lying.exclude(taken_at=None).update(rows=[])

"""What has to happen to what visitors wrote because time goes by."""

from sistercities.news.models import Enquiry
from sistercities.pages.forms_for_strangers import forget_handled
from sistercities.tasks import every

A_DAY = 24 * 60 * 60


@every(seconds=A_DAY)
def forget_handled_enquiries() -> None:
    """A message with its sender's name and address is kept for a year after it was handled."""
    forget_handled(Enquiry)

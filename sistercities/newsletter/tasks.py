"""What has to happen to newsletters and their readers because time goes by."""

from sistercities.newsletter import sending, subscribing
from sistercities.tasks import every

A_DAY = 24 * 60 * 60
BATCHES = 10


@every(seconds=5)
def queue_newsletters() -> None:
    """Some thousand mails at a time; they wait in the outbox behind all others."""
    sending.go_on(BATCHES)


@every(seconds=A_DAY)
def forget_subscribers() -> None:
    """Who did not confirm is forgotten after two weeks, who left after a month."""
    subscribing.forget()


@every(seconds=A_DAY)
def forget_newsletter_mails() -> None:
    sending.forget_mails()

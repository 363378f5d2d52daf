"""What the state of a mail means, in words for staff, and what they can do about it."""

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.mail.models import Message
from sistercities.mail.outbox import LEFT, UNCERTAIN

State, Fault = Message.State, Message.Fault
Words = str | Promise

STANDS: dict[str, Words] = {
    State.WAITING: gettext_lazy("Nobody has tried to send it yet."),
    State.ON_ITS_WAY: gettext_lazy("A worker has it in hand just now."),
    State.RETRYING: gettext_lazy("It did not go out yet; the worker tries again by itself."),
    State.SENT: gettext_lazy("The mail server took it. Whether it was read nobody knows."),
    State.GIVEN_UP: gettext_lazy("It did not go out, and nobody tries any more."),
    State.OVERTAKEN: gettext_lazy(
        "It was not sent, since what it was to say was not true any more. A later mail says what is."
    ),
    State.UNCERTAIN: gettext_lazy(
        "The line broke off while the mail server had it: it may have arrived, or not. It was not sent again, lest "
        "somebody get it twice."
    ),
    State.RETURNED: gettext_lazy("It was sent, and came back: it did not arrive."),
}
BECAUSE: dict[str, Words] = {
    Fault.UNWRITABLE: gettext_lazy(
        "The letter could not be written. That is a fault of the site, not of the address: please tell whoever looks "
        "after the site. Other mail to this address is not kept back."
    ),
    Fault.NO_SERVER: gettext_lazy("Our mail server could not be reached."),
    Fault.PUT_OFF: gettext_lazy(
        "A mail server put it off, as many do with senders they do not know. Other mail to this address waits for it."
    ),
    Fault.REFUSED: gettext_lazy("A mail server refuses this address, or this mail, for good."),
    Fault.BROKEN_OFF: gettext_lazy(
        "The line broke off while it was on its way. A second copy is recognised as the same mail."
    ),
}
DO: dict[str, Words] = {
    State.GIVEN_UP: gettext_lazy(
        "Check the address where it was given, and tell the guest in another way; or send it again once the cause is "
        "mended."
    ),
    State.UNCERTAIN: gettext_lazy("Ask whether it arrived, or send it again."),
    State.RETURNED: gettext_lazy("Check the address where it was given, and tell the guest in another way."),
}


def explain(message: Message) -> list[str]:
    """Sentences: where it stands, why, when it goes on, and what staff can do."""
    state = message.state
    sentences: list[Words] = [STANDS[state]]
    if state in (State.RETRYING, State.GIVEN_UP) and message.fault in BECAUSE:
        sentences.append(BECAUSE[message.fault])
    if state == State.RETRYING:
        sentences.append(_("Next attempt: %(when)s.") % {"when": spell(message)})
    if state == State.WAITING and message.send_after > timezone.now():
        sentences[0] = _("It goes out at its time: %(when)s.") % {"when": spell(message)}
    elif state == State.WAITING and is_kept_back(message):
        sentences.append(_("An earlier mail to the same address goes first."))
    if message.is_wiped:
        sentences.append(_("What it told is deleted, so it cannot be sent again."))
    elif state in DO:
        sentences.append(DO[state])
    return [str(sentence) for sentence in sentences]


def said(message: Message) -> str:
    """What the mail server said, or what we noted ourselves, the latter in the reader's language."""
    own = next((words for words in (UNCERTAIN, LEFT) if message.error.startswith(words)), "")
    return (_(own) if own else "") + message.error.removeprefix(own)


def spell(message: Message) -> str:
    return formats.date_format(timezone.localtime(message.send_after), "DATETIME_FORMAT")


def is_kept_back(message: Message) -> bool:
    """Whether it waits for an earlier mail to the same address."""
    return not Message.objects.due().filter(pk=message.pk).exists()

"""How somebody invited is named and addressed, in the manner of their language.

A Chinese title follows the name, any other precedes it: 张伟教授, Prof. Mei Chen.
"""

import re
from dataclasses import replace

from events.answers import Answer
from events.models import Invitation
from events.naming import same_name
from events.when import is_chinese

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_STOPS = " ,，:：;；、"


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def full_name(invitation: Invitation) -> str:
    """Name and title, as they stand on the invitation."""
    title, name = invitation.title, invitation.name
    if not title:
        return name
    if has_han(title):
        return f"{name}{title}"
    return f"{title} {name}"


def without_what_was_lent(answer: Answer, invitation: Invitation) -> Answer:
    """Without title and organisation of the invited guest, where somebody else left them as the form had them."""
    if not invitation.is_bound or same_name(answer.name, invitation.name, but_for=invitation.title):
        return answer
    return replace(
        answer,
        title="" if answer.title == invitation.title else answer.title,
        organisation="" if answer.organisation == invitation.organisation else answer.organisation,
    )


def salutation(invitation: Invitation, language: str = "") -> str:
    """How a letter or a page begins: in the hosts' own words, or with name and title; its punctuation included.

    The hosts wrote their words in the guest's language; a page that is read in another one does without.
    """
    language = language or invitation.language
    own = invitation.salutation.rstrip(_STOPS) if language == invitation.language else ""
    if is_chinese(language):
        return f"{own or '尊敬的' + full_name(invitation)}："
    return f"{own or 'Dear ' + full_name(invitation)},"

"""What the admin noted of a change, in the words of whoever reads it."""

import json

from django.contrib.admin.models import LogEntry
from django.utils.text import capfirst
from django.utils.translation import gettext


def noted_words(entry: LogEntry) -> str:
    """As the stock admin says it, which translates no caption that it wrote with a capital: "Summary (Chinese)"."""
    try:
        acts = json.loads(entry.change_message)
    except json.JSONDecodeError:
        return entry.get_change_message()
    for act in acts if isinstance(acts, list) else ():
        for details in act.values():
            if "fields" in details:
                details["fields"] = [caption(name) for name in details["fields"]]
    return LogEntry(change_message=json.dumps(acts)).get_change_message()


def caption(name: str) -> str:
    said = gettext(name)
    return said if said != name else capfirst(gettext(name[:1].lower() + name[1:]))

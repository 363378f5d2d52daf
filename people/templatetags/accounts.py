"""What pages of signing in hand over to scripts: in an attribute, for no script may stand in a page."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """A value as JSON; the template escapes it, as everything."""
    return json.dumps(value, cls=DjangoJSONEncoder)

"""People for machines (schema.org). Of those who may be living no more than their page tells."""

from collections.abc import Mapping
from typing import Any

from people.models import Person
from sistercities.pages.linked import Node, day, describes, image, spoken
from sistercities.pages.safe_text import one_line


@describes(Person, "Person")
def person(page: Person, _shown: Mapping[str, Any]) -> Node:
    """Somebody under all names, each in its script."""
    own = str(page.display_name)
    spelled = [(row.value.full, row.language_tag) for row in page.all_names]
    read = [(row.romanisation, "zh-Latn-pinyin") for row in page.all_names if row.romanisation]
    names = dict.fromkeys(each for each in (*spelled, *read) if each[0] != own)
    return {
        "name": one_line(own) or page.slug,
        "alternateName": [spoken(name, tag) for name, tag in names],
        "description": str(page.summary or page.known_for),
        "birthDate": day(page.born_shown),
        "deathDate": day(page.died),
        "image": image(page.portrait),
    }

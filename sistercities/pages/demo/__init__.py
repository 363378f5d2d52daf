"""The ground of the demonstration: its sources and the standing pages."""

from sistercities.pages.dates import parse
from sistercities.pages.demo.making import Say, columns, page
from sistercities.pages.demo.sources import SOURCES, Publication
from sistercities.pages.demo.standing import STANDING
from sistercities.pages.models import Source, StandingPage
from sistercities.pages.publishing import refresh


def load(say: Say) -> None:
    """Lay the sources first: everything else rests on them."""
    sources = sum(_source(publication) for publication in SOURCES)
    standing = 0
    for position, (slug, texts) in enumerate(STANDING.items(), start=1):
        made, new = page(StandingPage, slug, texts, position=position)
        if new:
            refresh(made)
            standing += 1
    say(f"{sources} sources and {standing} standing pages made.")


def _source(publication: Publication) -> bool:
    source, new = page(
        Source,
        publication.slug,
        {"title": publication.title, "summary": publication.summary},
        kind=publication.kind,
        author=publication.author,
        published_on=parse(publication.published) if publication.published else None,
        url=publication.url,
        language=publication.language,
        **columns(publisher=publication.publisher),
    )
    if new:
        refresh(source)
    return new

"""What is new, as an Atom feed in each language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sistercities.pages.bilingual import html_language, languages
from sistercities.pages.caching import public_page
from sistercities.pages.everything import found, page_models, together

ENTRIES = 40


@require_safe
@public_page
def feed(_request: HttpRequest, language: str) -> HttpResponse:
    """The newest pages of every kind that is news; sources and standing pages are none."""
    if language not in languages():
        raise Http404(_("There is no feed in this language."))
    with translation.override(language):
        response = HttpResponse(
            _atom(language).writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
        )
    response.headers["Content-Language"] = html_language(language)
    return response


def _atom(language: str) -> Atom1Feed:
    atom = Atom1Feed(
        title=settings.SITE_NAME[language],
        link=f"{settings.SITE_URL}/{language}/",
        description=_("What is new"),
        language=html_language(language),
        feed_url=f"{settings.SITE_URL}/feed.{language}.atom",
        author_name=settings.SITE_NAME[language],
    )
    news = together([model.objects.listed() for model in page_models() if model.is_news])
    for row in news.order_by("-publish_at", "slug")[:ENTRIES]:
        page = found(row)
        atom.add_item(
            title=page.title,
            link=settings.SITE_URL + page.get_absolute_url(),
            description=page.summary,
            # The identity of an entry stays whatever becomes of its address's host or its language prefix.
            unique_id=f"tag:{settings.SITE_HOST},2021:{page.number}",
            pubdate=page.publish_at,
            updateddate=max(page.updated_at, page.publish_at),
            categories=[page.kind_label],
        )
    return atom

"""The gatherings of the alliance, one after the other, as far as they are on record here."""

from events.demo.gatherings import ALLIANCE, SERIES
from events.models import Series
from relationships.models import Relationship
from sistercities.pages.demo.making import Both, page, rests
from sistercities.pages.publishing import refresh

TEXTS: dict[str, Both] = {
    "title": ("Gatherings of the Tripartite Economic Alliance", "三城经济联盟历次聚会"),
    "summary": (
        "Guangzhou, Los Angeles, Auckland: where the three cities met, as far as our sources tell.",
        "广州、洛杉矶、奥克兰：依现有资料，记录三城历次聚会。",
    ),
    "body": (
        """
        The alliance was signed in Guangzhou in 2014.[^chinadaily-2014] Its cities met in Los Angeles in
        2015,[^nzherald-2016] in Auckland in 2016[^nzinc-2016] and in Auckland again in 2019.[^eguangzhou-2019]

        Only gatherings that a source on record describes are listed; there may have been others.
        """,
        """
        2014年，联盟在广州签约[^chinadaily-2014]。此后三城2015年在洛杉矶[^nzherald-2016]、2016年在奥克兰[^nzinc-2016]聚会，
        2019年又在奥克兰聚会[^eguangzhou-2019]。

        这里只列有资料记载的聚会，其间或有其他聚会，尚未收录。
        """,
    ),
}


def load_series() -> None:
    """Make the series before the events that belong to it."""
    series, new = page(
        Series,
        SERIES,
        TEXTS,
        rests(summary=["chinadaily-2014", "nzherald-2016", "nzinc-2016", "eguangzhou-2019"]),
        relationship=Relationship.objects.get(slug=ALLIANCE),
    )
    if new:
        refresh(series)

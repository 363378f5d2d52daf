"""The first stories: the anniversary that comes next, and that the site is there."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from events.demo.gatherings import PAIR
from events.models import Event
from people.models import Person
from relationships.ages import next_of
from relationships.models import Relationship
from sistercities.news.models import Story, StorySubject, Topic
from sistercities.pages.demo.making import Both, Cite, Say, columns, ensure, make, page, rests
from sistercities.pages.models import Page
from sistercities.pages.publishing import refresh

TOPICS: dict[str, Both] = {"anniversaries": ("Anniversaries", "周年"), "this-site": ("This site", "本站")}

OPENING: dict[str, Both] = {
    "title": ("This archive is open", "本站档案现已开放"),
    "summary": (
        """
        What is on record of the bonds of Los Angeles, Guangzhou and Auckland can be read here in English and in
        Chinese, each statement with its source.
        """,
        "洛杉矶、广州、奥克兰三城友好往来的记载，可在此以中英两种语言阅读，每处陈述均标明来源。",
    ),
    "body": (
        """
        The oldest of the bonds between the three cities is that of Auckland and Los Angeles, which the sources date to
        1972.[^ourauckland-2022] The youngest is the alliance of all three, signed in Guangzhou on
        16 November 2014.[^chinadaily-2014]

        The site is a demonstration. It was written from published reports; the association whose name it bears has
        neither written nor approved it. Something wrong? At the end of each page is a link by which to tell us.
        """,
        """
        三城之间最早的友好关系是奥克兰与洛杉矶的，据资料记载始于1972年[^ourauckland-2022]；
        最晚的是三城联盟，2014年11月16日在广州签署[^chinadaily-2014]。

        本站为示范网站，依据公开报道撰写，并非出自所列协会之手，也未经其认可。内容若有错误，各页末尾都有链接可以告诉我们。
        """,
    ),
}


def load_news(say: Say) -> None:
    """Tell of the next anniversary, and of the site; stories that are there already are left alone."""
    topics = {slug: ensure(Topic, {"slug": slug}, **columns(name=name)) for slug, name in TOPICS.items()}
    bond = Relationship.objects.get(slug=PAIR)
    alliance = Relationship.objects.get(slug="tripartite-economic-alliance")
    made: int = _story("archive-opens", OPENING, [], topics["this-site"], [alliance])
    coming = next_of(bond)
    if coming:
        about: list[Page] = [
            bond,
            *Event.objects.filter(slug__in=["agreement-signing-1981"]),
            *Person.objects.filter(slug__in=["liang-lingguang", "tom-bradley"]).order_by("slug"),
        ]
        texts, cites = anniversary(coming.years, coming.year), rests(summary=["consulate-2021"])
        made += _story(
            f"guangzhou-los-angeles-{coming.years}-years", texts, cites, topics["anniversaries"], about
        )
    say(f"{made} stories made.")


def _story(
    slug: str, texts: dict[str, Both], cites: Iterable[Cite], topic: Topic, about: Iterable[Page]
) -> bool:
    story, new = page(Story, slug, texts, cites)
    if new:
        story.topics.set([topic])
        for position, subject in enumerate(about):
            kind = ContentType.objects.get_for_model(subject)
            make(StorySubject, story=story, content_type=kind, object_id=subject.pk, position=position)
        refresh(story)
    return new


def anniversary(years: int, year: int) -> dict[str, Both]:
    """What sources tell of the day that comes round; the reception that invites to it is made up, and not told of."""
    return {
        "title": (
            f"Guangzhou and Los Angeles: sister cities for {years} years on 8 December {year}",
            f"{year}年12月8日：广州与洛杉矶结好{years}周年",
        ),
        "summary": (
            """
            The agreement that made Guangzhou and Los Angeles sister cities was signed at Los Angeles City Hall on
            8 December 1981.
            """,
            "广州与洛杉矶结为友好城市的协议于1981年12月8日在洛杉矶市政厅签署。",
        ),
        "body": (
            """
            Liang Lingguang, Mayor of Guangzhou, and Tom Bradley, Mayor of Los Angeles, signed it.[^consulate-2021] The
            fortieth anniversary was marked on 8 December 2021 by a reception[^consulate-2021] at the Millennium
            Biltmore Hotel in Los Angeles.[^xinhua-2021]

            The years between are on the page of the relationship. The reception to which this site invites for the
            coming day is an example and will not take place; how the cities mark the day themselves is not known here.
            """,
            """
            签署协议的是广州市市长梁灵光和洛杉矶市市长汤姆·布拉德利[^consulate-2021]。
            2021年12月8日，结好40周年招待会[^consulate-2021]在洛杉矶千禧比特摩尔酒店举行[^xinhua-2021]。

            其间的往来，见该友好关系的页面。本站为即将到来的周年发出的招待会邀请仅为示范，并不举行；两市将如何纪念这一天，这里尚无所知。
            """,
        ),
    }

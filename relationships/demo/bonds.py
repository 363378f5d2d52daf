"""The four bonds of the demonstration: three pairs of sister cities, and the alliance that joins the three."""

from collections.abc import Sequence
from dataclasses import dataclass

from relationships.models import Relationship
from sistercities.pages.demo.making import Both, Cite, rests

SECTORS: dict[str, Both] = {
    "trade": ("trade", "贸易"),
    "investment": ("investment", "投资"),
    "culture": ("culture", "文化"),
    "education": ("education", "教育"),
    "personnel-exchanges": ("personnel exchanges", "人员往来"),
    "innovation": ("innovation", "创新"),
    "film-and-television": ("film and television", "影视"),
    "trade-and-tourism": ("trade and tourism", "贸易与旅游"),
}
GUANGZHOU_LOS_ANGELES = "guangzhou-los-angeles"
AUCKLAND_GUANGZHOU = "auckland-guangzhou"
AUCKLAND_LOS_ANGELES = "auckland-los-angeles"
ALLIANCE = "tripartite-economic-alliance"


@dataclass(frozen=True)
class Bond:
    slug: str
    kind: str
    established: str
    cities: Sequence[str]
    texts: dict[str, Both]
    sectors: Sequence[str] = ()
    sectors_since: str = ""
    builds_on: Sequence[str] = ()
    cites: Sequence[Cite] = ()


BONDS = [
    Bond(
        slug=GUANGZHOU_LOS_ANGELES,
        kind=Relationship.Kind.SISTER_CITIES,
        established="1981-12-08",
        cities=["guangzhou", "los-angeles"],
        sectors=["trade", "investment", "culture", "education", "personnel-exchanges"],
        cites=rests(
            summary=["consulate-2021"],
            established=["consulate-2021", "xinhua-2021"],
            fields=["consulate-2021"],
        ),
        texts={
            "title": ("Guangzhou and Los Angeles", "广州与洛杉矶"),
            "summary": (
                """
                Sister cities since 8 December 1981: one of the earliest bonds that large cities of China and the
                United States have formed.
                """,
                "1981年12月8日结为友好城市，在中美两国大城市的友城关系中属于最早的一批。",
            ),
            "body": (
                """
                On 8 December 1981 Liang Lingguang, Mayor of Guangzhou, and Tom Bradley, Mayor of Los Angeles,
                signed their agreement at Los Angeles City Hall. China and the United States had taken up diplomatic
                relations, and few of their large cities had come together before these two.[^consulate-2021]

                Others carried it on. An association was founded in the same year.[^lagsca]
                [Caroline Ahmanson](/en/people/caroline-ahmanson/) had had an important part in the beginning;
                [Tom LaBonge](/en/people/tom-labonge/) promoted sister-city programmes;[^consulate-2021]
                [Katherine Whitman](/en/people/katherine-whitman/) taught in Guangzhou in 1987, and her exchange
                programmes go back to that year.[^chinadaily-2022] In 1990 Guangzhou got a baseball stadium, and
                the association had a hand in winning 300,000 US dollars from the International Baseball
                Federation; [Fredrick W. Hong](/en/people/fredrick-w-hong/) is named as one of its former
                presidents.[^eguangzhou-2018]

                Trade, investment, culture, education and visits in both directions are the fields in which the two
                cities work together. Within the C40 framework they cooperate on climate, and during the COVID-19
                pandemic they held video conferences on its control and prevention.[^consulate-2021]

                Since 2014 the bond has also carried an alliance of three, with Auckland.[^chinadaily-2014] Its
                fortieth year was marked by a reception in Los Angeles on 8 December 2021.[^xinhua-2021]
                """,
                """
                1981年12月8日，广州市市长梁灵光与洛杉矶市长汤姆·布拉德利在洛杉矶市政厅签署协议。
                中美建交之后，两国大城市缔结的友城关系中，这是最早的一批[^consulate-2021]。

                此后，许多人接力前行。同年，友城协会成立[^lagsca]。
                [Caroline Ahmanson](/zh-hans/people/caroline-ahmanson/)为两市结好发挥了重要作用，
                [Tom LaBonge](/zh-hans/people/tom-labonge/)积极推动友城项目[^consulate-2021]，
                [Katherine Whitman](/zh-hans/people/katherine-whitman/)于1987年到广州授课，
                她与广州的交流项目自当年开始[^chinadaily-2022]。
                1990年，广州兴建棒球场，协会出力筹款，国际棒球联合会拨出30万美元；
                据报道，[Fredrick W. Hong](/zh-hans/people/fredrick-w-hong/)曾任协会会长[^eguangzhou-2018]。

                两市的合作涵盖贸易、投资、文化、教育和人员往来。在C40框架下，双方开展气候合作；
                新冠疫情期间，双方就疫情防控举行视频会议[^consulate-2021]。

                2014年，两市又与奥克兰结成三城经济联盟[^chinadaily-2014]。
                2021年12月8日，结好40周年招待会在洛杉矶举行[^xinhua-2021]。
                """,
            ),
        },
    ),
    Bond(
        slug=AUCKLAND_GUANGZHOU,
        kind=Relationship.Kind.SISTER_CITIES,
        established="1989-02-17",
        cities=["guangzhou", "auckland"],
        cites=rests(summary=["gz-2022"], established=["gz-2022"]),
        texts={
            "title": ("Guangzhou and Auckland", "广州与奥克兰"),
            "summary": ("Sister cities since 17 February 1989.", "1989年2月17日结为友好城市。"),
            "body": (
                """
                Guangzhou and Auckland became sister cities on 17 February 1989; they signed in
                Auckland.[^gz-2022] An article of the New Zealand China Trade Association looks at the partnership
                after its first twenty years.[^nzcta-2009]

                The twenty-fifth anniversary fell in 2014. In November of that year the two cities and Los Angeles
                signed their economic alliance in Guangzhou.[^chinadaily-2014]
                """,
                """
                1989年2月17日，广州与奥克兰在奥克兰签约，结为友好城市[^gz-2022]。
                新西兰中国贸易协会有专文谈两市结好20年来的合作[^nzcta-2009]。

                2014年是两市结好25周年。同年11月，两市与洛杉矶在广州缔结三城经济联盟[^chinadaily-2014]。
                """,
            ),
        },
    ),
    Bond(
        slug=AUCKLAND_LOS_ANGELES,
        kind=Relationship.Kind.SISTER_CITIES,
        established="1972",
        cities=["auckland", "los-angeles"],
        cites=rests(
            summary=["ourauckland-2022", "consulate-2021", "gz-2022"], established=["ourauckland-2022"]
        ),
        texts={
            "title": ("Auckland and Los Angeles", "奥克兰与洛杉矶"),
            "summary": (
                "Sister cities since 1972, the oldest of the three bonds between the three cities.",
                "1972年结为友好城市，是三城之间最早的友城关系。",
            ),
            "body": (
                """
                Auckland and Los Angeles marked fifty years as sister cities in July 2022, at a reception in
                Auckland Town Hall. Phil Goff, Mayor of Auckland, was there in person; Eric Garcetti spoke by
                video.[^ourauckland-2022]

                That places the beginning in 1972. The source names no day, and so none is given here. Guangzhou
                joined hands with Los Angeles in 1981[^consulate-2021] and with Auckland in 1989:[^gz-2022] of the
                three bonds between the three cities, this is the oldest.
                """,
                """
                2022年7月，奥克兰与洛杉矶在奥克兰市政厅举行招待会，庆祝结为友好城市50周年。
                奥克兰市长Phil Goff到场致辞，Eric Garcetti以视频致辞[^ourauckland-2022]。

                由此可知两市结好于1972年。资料未载具体日期，此处从略。广州与洛杉矶结好于1981年[^consulate-2021]，
                与奥克兰结好于1989年[^gz-2022]；三城之间，这是最早的一段友城关系。
                """,
            ),
        },
    ),
    Bond(
        slug=ALLIANCE,
        kind=Relationship.Kind.ALLIANCE,
        established="2014-11-16",
        cities=["auckland", "guangzhou", "los-angeles"],
        sectors=["innovation", "film-and-television", "trade-and-tourism", "education"],
        sectors_since="2014-11-16",
        builds_on=[GUANGZHOU_LOS_ANGELES, AUCKLAND_GUANGZHOU],
        cites=rests(summary=["chinadaily-2014"], established=["chinadaily-2014"], fields=["chinadaily-2014"]),
        texts={
            "title": ("Tripartite Economic Alliance", "三城经济联盟"),
            "summary": (
                "The economic alliance of Auckland, Guangzhou and Los Angeles, since 16 November 2014.",
                "奥克兰、广州、洛杉矶三城于2014年11月16日结成的经济联盟。",
            ),
            "body": (
                """
                Two bonds of sister cities met in Guangzhou: on Sunday, 16 November 2014, Auckland, Guangzhou and
                Los Angeles signed an economic alliance. Auckland had proposed it. Koro Dickinson of Auckland
                Council called it the first of its kind between three cities anywhere.[^chinadaily-2014]

                The cities chose four sectors: innovation, film and television, trade and tourism, and
                education.[^chinadaily-2014] It was to last three years to begin with, and longer if every city
                consented.[^chinadaily-global-2014]

                They met again in Los Angeles in June 2015, with more than 40 businesses from
                Auckland;[^nzherald-2016] in Auckland in May 2016, with more than 700
                people;[^nzinc-2016][^nzherald-2016] and in Auckland once more in May 2019, when a delegation of 60
                came from Guangzhou.[^eguangzhou-2019][^newsroom-2019]
                """,
                """
                两段友城情谊在广州交会：2014年11月16日，星期日，奥克兰、广州、洛杉矶三城签约，结成经济联盟。
                倡议来自奥克兰。奥克兰市议会的Koro Dickinson称之为全球三城合作的首例[^chinadaily-2014]。

                三城选定四个领域：创新、影视、贸易与旅游、教育[^chinadaily-2014]。
                联盟先定三年，三方一致同意，可再延长[^chinadaily-global-2014]。

                此后，三城于2015年6月在洛杉矶再度聚首，40多家奥克兰企业参会[^nzherald-2016]；
                2016年5月在奥克兰，与会者700多人[^nzinc-2016][^nzherald-2016]；
                2019年5月又在奥克兰，广州派出60人的代表团[^eguangzhou-2019][^newsroom-2019]。
                """,
            ),
        },
    ),
]

"""The four bonds of the demonstration: three pairs of sister cities, and the alliance that joins the three."""

from collections.abc import Sequence
from dataclasses import dataclass

from relationships.models import Relationship
from sistercities.pages.demo.making import Both

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
    builds_on: Sequence[str] = ()


BONDS = [
    Bond(
        slug=GUANGZHOU_LOS_ANGELES,
        kind=Relationship.Kind.SISTER_CITIES,
        established="1981-12-08",
        cities=["guangzhou", "los-angeles"],
        sectors=["trade", "investment", "culture", "education", "personnel-exchanges"],
        texts={
            "title": ("Guangzhou and Los Angeles", "广州与洛杉矶"),
            "summary": (
                """
                Sister cities since 8 December 1981, among the first between major cities of China and the
                United States.
                """,
                "1981年12月8日结为友好城市，是中美两国大城市间最早的友城关系之一。",
            ),
            "body": (
                """
                On 8 December 1981 Liang Lingguang, Mayor of Guangzhou, and Tom Bradley, Mayor of Los Angeles,
                signed their agreement at Los Angeles City Hall. After China and the United States had taken up
                diplomatic relations, it was one of the first bonds between major cities of the two
                countries.[^consulate-2021]

                Others carried it on. An association was founded in Los Angeles in the same year.[^lagsca]
                Caroline Ahmanson had had an important part in the beginning; Tom LaBonge promoted the programmes
                of sister cities;[^consulate-2021] Katherine Whitman has run exchanges with Guangzhou
                since 1987.[^chinadaily-2022] In 1990 the association helped to obtain 300,000 US dollars from the
                International Baseball Federation; a baseball stadium was built in Guangzhou.[^eguangzhou-2018]

                Trade, investment, culture, education and visits in both directions are the fields in which the two
                cities work together. Within the C40 framework they cooperate on climate, and during the COVID-19
                pandemic they held video conferences on its control and prevention.[^consulate-2021]

                Since 2014 the bond has also carried an alliance of three, with Auckland.[^chinadaily-2014] Its
                fortieth year was marked by a reception in Los Angeles on 8 December 2021.[^xinhua-2021]
                """,
                """
                1981年12月8日，广州市市长梁灵光与洛杉矶市长汤姆·布拉德利在洛杉矶市政厅签署协议。
                这是中美建交后两国大城市之间最早结成的友城关系之一[^consulate-2021]。

                此后，许多人接力前行。同年，洛杉矶成立了友城协会[^lagsca]。
                Caroline Ahmanson为两市结好发挥了重要作用，Tom LaBonge积极推动友城项目[^consulate-2021]，
                Katherine Whitman自1987年起持续开展与广州的交流[^chinadaily-2022]。
                1990年，协会协助从国际棒球联合会争取到30万美元，广州建起了一座棒球场[^eguangzhou-2018]。

                两市的合作涵盖贸易、投资、文化、教育和人员往来。在C40框架下，双方开展气候合作；
                新冠疫情期间，双方就疫情防控举行视频会议[^consulate-2021]。

                2014年，两市又与奥克兰结成三城经济联盟[^chinadaily-2014]。
                2021年12月8日，结好四十周年招待会在洛杉矶举行[^xinhua-2021]。
                """,
            ),
        },
    ),
    Bond(
        slug=AUCKLAND_GUANGZHOU,
        kind=Relationship.Kind.SISTER_CITIES,
        established="1989-02-17",
        cities=["guangzhou", "auckland"],
        texts={
            "title": ("Guangzhou and Auckland", "广州与奥克兰"),
            "summary": ("Sister cities since 17 February 1989.", "1989年2月17日结为友好城市。"),
            "body": (
                """
                Guangzhou and Auckland became sister cities on 17 February 1989; they signed in
                Auckland.[^gz-2022] Twenty years on, the New Zealand China Trade Association found their partnership
                still in flower.[^nzcta-2009]

                The twenty-fifth anniversary fell in 2014. In November of that year the two cities and Los Angeles
                signed their economic alliance in Guangzhou.[^chinadaily-2014]
                """,
                """
                1989年2月17日，广州与奥克兰在奥克兰签约，结为友好城市[^gz-2022]。
                结好二十年之际，新西兰中国贸易协会称双方的合作仍蓬勃发展[^nzcta-2009]。

                2014年是两市结好二十五周年。同年11月，两市与洛杉矶在广州缔结三城经济联盟[^chinadaily-2014]。
                """,
            ),
        },
    ),
    Bond(
        slug=AUCKLAND_LOS_ANGELES,
        kind=Relationship.Kind.SISTER_CITIES,
        established="1972",
        cities=["auckland", "los-angeles"],
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

                That places the beginning in 1972. Our source names no day, and so none is given here. Of the three
                bonds between the three cities it is the oldest.
                """,
                """
                2022年7月，奥克兰与洛杉矶在奥克兰市政厅举行招待会，庆祝结为友好城市五十周年。
                奥克兰市长Phil Goff亲临现场，Eric Garcetti以视频致辞[^ourauckland-2022]。

                由此可知两市结好于1972年。资料未载具体日期，此处从略。在三城之间，这是最早的一段友城关系。
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
        builds_on=[GUANGZHOU_LOS_ANGELES, AUCKLAND_GUANGZHOU],
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
                Council called it the first engagement of three cities in the world.[^chinadaily-2014]

                The cities chose four sectors: innovation, film and television, trade and tourism, and
                education.[^chinadaily-2014] The alliance was made for three years at first, to be extended if all
                agree.[^chinadaily-global-2014]

                They met again in Los Angeles in June 2015, with more than 40 businesses from
                Auckland;[^nzherald-2016] in Auckland in May 2016, with more than 700
                people;[^nzinc-2016][^nzherald-2016] and in Auckland once more in May 2019, when a delegation of 60
                came from Guangzhou.[^eguangzhou-2019][^newsroom-2019]
                """,
                """
                两段友城情谊在广州交会：2014年11月16日，星期日，奥克兰、广州、洛杉矶三城签约，结成经济联盟。
                倡议来自奥克兰。奥克兰市议会的Koro Dickinson称之为全球首个三城合作[^chinadaily-2014]。

                三城选定四个领域：创新、影视、贸易与旅游、教育[^chinadaily-2014]。
                联盟首期三年，经三方同意可以延长[^chinadaily-global-2014]。

                此后，三城于2015年6月在洛杉矶再度聚首，四十多家奥克兰企业参会[^nzherald-2016]；
                2016年5月在奥克兰，与会者七百多人[^nzinc-2016][^nzherald-2016]；
                2019年5月又在奥克兰，广州派出六十人的代表团[^eguangzhou-2019][^newsroom-2019]。
                """,
            ),
        },
    ),
]

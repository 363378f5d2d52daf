"""The eleven milestones of the demonstration; where a source gives no date, there is none.

What was signed on a day, and where people met for it, has pages of its own and is not told again here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from relationships.demo.bonds import ALLIANCE, AUCKLAND_GUANGZHOU, GUANGZHOU_LOS_ANGELES
from sistercities.pages.demo.making import Both


@dataclass(frozen=True)
class Moment:
    """One milestone, of the bond with this address or of the city with this address."""

    at: str
    title: Both
    text: Both
    cites: Sequence[str]
    when: str = ""
    place: Both = ("", "")
    people: Sequence[str] = ()
    sectors: Sequence[str] = ()


MILESTONES = [
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="1981",
        title=("The association is founded", "友城协会成立"),
        text=(
            "The Los Angeles–Guangzhou Sister City Association dates from the first year of the bond.[^lagsca]",
            "洛杉矶—广州友好城市协会成立于两市结好的同一年[^lagsca]。",
        ),
        cites=["lagsca"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="1987",
        title=("Three weeks of teaching in Guangzhou", "在广州授课三周"),
        text=(
            """
            Katherine Whitman teaches in Guangzhou for the first time, in a business programme for which the city’s
            vice mayor has asked.[^chinadaily-2022]
            """,
            "Katherine Whitman首次到广州授课，所讲商务课程是广州市副市长请求开设的[^chinadaily-2022]。",
        ),
        place=("Guangzhou", "广州"),
        people=["katherine-whitman"],
        sectors=["education"],
        cites=["chinadaily-2022"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="1990",
        title=("A baseball stadium for Guangzhou", "广州有了棒球场"),
        text=(
            """
            Guangzhou builds a home for the game. The association lends a hand in finding money: 300,000 US dollars
            come from the International Baseball Federation.[^eguangzhou-2018]
            """,
            "广州兴建棒球场，协会出力筹款，国际棒球联合会拨出30万美元[^eguangzhou-2018]。",
        ),
        place=("Guangzhou", "广州"),
        cites=["eguangzhou-2018"],
    ),
    Moment(
        at=AUCKLAND_GUANGZHOU,
        when="2014",
        title=("Twenty-five years of Guangzhou and Auckland", "广州与奥克兰结好25周年"),
        text=(
            """
            In the year of this anniversary the two cities enter an alliance with Los Angeles.[^chinadaily-2014]
            """,
            "周年当年，两市与洛杉矶结成联盟[^chinadaily-2014]。",
        ),
        cites=["chinadaily-2014"],
    ),
    Moment(
        at=ALLIANCE,
        title=("How the alliance came about", "三城联盟的由来"),
        text=(
            """
            The idea was Auckland’s. Len Brown was its mayor when the alliance was signed and Koro Dickinson advised
            its council; Chen Jianhua was Mayor of Guangzhou, Eric Garcetti of Los Angeles. The source does not date
            the proposal.[^chinadaily-2014]
            """,
            """
            倡议来自奥克兰。签约时，Len Brown任奥克兰市长，Koro Dickinson任市议会顾问；
            陈建华任广州市市长，Eric Garcetti任洛杉矶市长。资料未载倡议提出的日期[^chinadaily-2014]。
            """,
        ),
        people=["chen-jianhua", "eric-garcetti", "len-brown", "koro-dickinson"],
        cites=["chinadaily-2014"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        title=("Two who helped the bond along", "两位推动者"),
        text=(
            """
            Caroline Ahmanson has an important part in bringing the two cities together; Tom LaBonge promotes
            sister-city programmes. The source gives no dates.[^consulate-2021]
            """,
            """
            Caroline Ahmanson为促成两市结好发挥了重要作用，Tom LaBonge积极推动友好城市项目。
            资料未载日期[^consulate-2021]。
            """,
        ),
        people=["caroline-ahmanson", "tom-labonge"],
        cites=["consulate-2021"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="2018-08",
        title=("A report on the bond and its association", "一篇关于友城情谊与协会的报道"),
        text=(
            """
            It names Fredrick W. Hong, a lawyer, as a former president of the association.[^eguangzhou-2018]
            """,
            "报道提到律师Fredrick W. Hong曾任协会会长[^eguangzhou-2018]。",
        ),
        people=["fredrick-w-hong"],
        cites=["eguangzhou-2018"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        title=("Video conferences in the pandemic", "疫情中的视频会议"),
        text=(
            """
            During the COVID-19 pandemic the two cities confer by video on its control and prevention. The source
            gives no date.[^consulate-2021]
            """,
            "新冠疫情期间，两市就疫情防控举行视频会议，资料未载日期[^consulate-2021]。",
        ),
        cites=["consulate-2021"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="2021",
        title=("283 pairs between the two countries", "中美友城达283对"),
        text=(
            """
            In the fortieth year of this bond the Consul General counts 283 such bonds between provinces, states and
            cities of the two countries.[^consulate-2021]
            """,
            "两市结好40周年之际，总领事在致辞中提到，中美友好省州和友好城市共有283对[^consulate-2021]。",
        ),
        cites=["consulate-2021"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        title=("Together for the climate", "携手应对气候变化"),
        text=(
            "The two cities cooperate on climate under the C40 framework. The source gives no date.[^consulate-2021]",
            "两市在C40框架下开展气候合作，资料未载日期[^consulate-2021]。",
        ),
        cites=["consulate-2021"],
    ),
    Moment(
        at="guangzhou",
        when="2022-04-19",
        title=("Guangzhou counts 38 sister cities", "广州友好城市达38个"),
        text=(
            """
            On this day the city’s list has 38 sister cities and, counted apart as another kind, 63
            friendship cooperation cities.[^gz-2022]
            """,
            "截至当日，广州市名单列有友好城市38个；另有友好合作交流城市63个，性质不同，单独计数[^gz-2022]。",
        ),
        cites=["gz-2022"],
    ),
]

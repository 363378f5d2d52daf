"""The ten milestones of the demonstration; where a source gives no date, there is none."""

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


MILESTONES = [
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="1981-12-08",
        title=("Guangzhou and Los Angeles become sister cities", "广州与洛杉矶结为友好城市"),
        text=(
            """
            Their agreement, signed at Los Angeles City Hall, is one of the first between major cities of China
            and the United States.[^consulate-2021]
            """,
            "协议在洛杉矶市政厅签署，是中美两国大城市之间最早的友城协议之一[^consulate-2021]。",
        ),
        place=("Los Angeles City Hall", "洛杉矶市政厅"),
        people=["liang-lingguang", "tom-bradley", "caroline-ahmanson"],
        cites=["consulate-2021", "xinhua-2021"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="1981",
        title=("The association is founded", "友城协会成立"),
        text=(
            "The Los Angeles-Guangzhou Sister City Association dates from the first year of the bond.[^lagsca]",
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
            Katherine Whitman teaches in Guangzhou for the first time: a business programme of three weeks, which
            the city’s vice mayor had asked for.[^chinadaily-2022]
            """,
            "应广州市一位副市长的请求，Katherine Whitman首次到广州讲授商务课程，为期三周[^chinadaily-2022]。",
        ),
        place=("Guangzhou", "广州"),
        people=["katherine-whitman"],
        cites=["chinadaily-2022"],
    ),
    Moment(
        at=AUCKLAND_GUANGZHOU,
        when="1989-02-17",
        title=("Guangzhou and Auckland become sister cities", "广州与奥克兰结为友好城市"),
        text=(
            """
            The day and the place are those of the city’s own list;[^gz-2022] other sources speak of the
            year.[^chinadaily-2014][^nzcta-2009]
            """,
            "日期与地点依广州市的名单[^gz-2022]，其他资料只提及年份[^chinadaily-2014][^nzcta-2009]。",
        ),
        place=("Auckland", "奥克兰"),
        cites=["gz-2022", "chinadaily-2014", "nzcta-2009"],
    ),
    Moment(
        at=GUANGZHOU_LOS_ANGELES,
        when="1990",
        title=("A baseball stadium for Guangzhou", "广州有了棒球场"),
        text=(
            """
            The association helps to obtain 300,000 US dollars from the International Baseball Federation; a
            baseball stadium is built in Guangzhou.[^eguangzhou-2018]
            """,
            "协会协助从国际棒球联合会争取到30万美元，广州建起一座棒球场[^eguangzhou-2018]。",
        ),
        place=("Guangzhou", "广州"),
        cites=["eguangzhou-2018"],
    ),
    Moment(
        at=ALLIANCE,
        when="2014-11-16",
        title=("Three sister cities form an alliance", "三城结盟"),
        text=(
            """
            Auckland, Guangzhou and Los Angeles sign in Guangzhou,[^chinadaily-2014][^chinadaily-global-2014] in the
            year in which Auckland and Guangzhou have been sister cities for 25 years.[^chinadaily-2014]
            """,
            """
            奥克兰、广州、洛杉矶三城在广州签署联盟文件[^chinadaily-2014][^chinadaily-global-2014]；
            这一年，奥克兰与广州结好二十五周年[^chinadaily-2014]。
            """,
        ),
        place=("Guangzhou", "广州"),
        people=["chen-jianhua", "eric-garcetti", "len-brown"],
        cites=["chinadaily-2014", "chinadaily-global-2014"],
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
            In the fortieth year of this bond there are 283 pairs of sister provinces, states and cities between
            China and the United States.[^consulate-2021]
            """,
            "两市结好四十周年之际，中美之间的友好省州和友好城市已有283对[^consulate-2021]。",
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
            friendship-cooperation cities.[^gz-2022]
            """,
            "截至当日，广州市名单列有友好城市38个；另有友好合作交流城市63个，性质不同，单独计数[^gz-2022]。",
        ),
        cites=["gz-2022"],
    ),
]

"""The seven gatherings of the record, from 1981 to 2022, and the places where they were held."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.demo.presence import PRESENT_1981, PRESENT_2014, PRESENT_2019, PRESENT_2021, PRESENT_2022, Present
from events.models import Event
from sistercities.pages.demo.making import Both, Cite, rests

PAIR = "guangzhou-los-angeles"
ALLIANCE = "tripartite-economic-alliance"
RECEPTION_2021 = "fortieth-anniversary-reception-2021"
SIGNING_2014 = "alliance-signing-2014"
SERIES = "tripartite-gatherings"

BILTMORE = "biltmore"
# By a key of ours: the name in both languages, and the city.
VENUES: dict[str, tuple[Both, str]] = {
    "city-hall": (("Los Angeles City Hall", "洛杉矶市政厅"), "los-angeles"),
    BILTMORE: (("Millennium Biltmore Hotel", "千禧比特摩尔酒店"), "los-angeles"),
    "viaduct": (("ANZ Viaduct Events Centre", "ANZ Viaduct活动中心"), "auckland"),
    "waterfront": (("Waterfront Theatre", "海滨剧院"), "auckland"),
    "town-hall": (("Auckland Town Hall", "奥克兰市政厅"), "auckland"),
}


@dataclass(frozen=True)
class Gathering:
    slug: str
    kind: str
    held: str
    bonds: Sequence[str]
    texts: dict[str, Both]
    until: str = ""
    venue: str = ""
    place: Both = ("", "")
    marks: tuple[str, int] | None = None
    signed: str = ""
    series: str = ""
    attendance: Both = ("", "")
    present: Sequence[Present] = ()
    sectors: Sequence[str] = ()
    cites: Sequence[Cite] = ()


GATHERINGS = [
    Gathering(
        slug="agreement-signing-1981",
        kind=Event.Kind.SIGNING,
        held="1981-12-08",
        venue="city-hall",
        bonds=[PAIR],
        signed="sister-city-agreement-1981",
        present=PRESENT_1981,
        cites=rests(held=["consulate-2021"], place=["consulate-2021"]),
        texts={
            "title": ("Signing of the sister city agreement", "友好城市协议签署"),
            "summary": (
                "Two mayors sign at Los Angeles City Hall, and Guangzhou and Los Angeles are sister cities.",
                "两位市长在洛杉矶市政厅签字，广州与洛杉矶结为友好城市。",
            ),
            "body": (
                """
                At Los Angeles City Hall, on 8 December 1981, Liang Lingguang signed as Mayor of Guangzhou and Tom
                Bradley as Mayor of Los Angeles.[^consulate-2021]

                China and the United States had taken up diplomatic relations, and few of their large cities had
                signed such an agreement before.[^consulate-2021] Every anniversary of the bond is counted from
                that day.
                """,
                """
                1981年12月8日，广州市市长梁灵光与洛杉矶市长汤姆·布拉德利在洛杉矶市政厅签字[^consulate-2021]。

                中美建交之后，两国大城市签署的友城协议中，这是最早的一批[^consulate-2021]。此后历次周年，都从这一天算起。
                """,
            ),
        },
    ),
    Gathering(
        slug=SIGNING_2014,
        kind=Event.Kind.SIGNING,
        held="2014-11-16",
        place=("Guangzhou", "广州"),
        bonds=[ALLIANCE, "auckland-guangzhou", PAIR],
        series=SERIES,
        signed="alliance-memorandum-2014",
        present=PRESENT_2014,
        sectors=["innovation", "film-and-television", "trade-and-tourism", "education"],
        cites=rests(held=["chinadaily-2014"], place=["chinadaily-2014"]),
        texts={
            "title": ("Signing of the Tripartite Economic Alliance", "三城经济联盟签约"),
            "summary": (
                "Auckland, Guangzhou and Los Angeles sign their alliance in Guangzhou.",
                "奥克兰、广州、洛杉矶三城在广州签署联盟文件。",
            ),
            "body": (
                """
                On a Sunday in Guangzhou, 16 November 2014, Auckland, Guangzhou and Los Angeles signed the alliance
                that Auckland had proposed. The sister-city bond of Auckland and Guangzhou had reached its
                twenty-fifth year.[^chinadaily-2014]

                The report quotes the three mayors, Chen Jianhua of Guangzhou, Eric Garcetti of Los Angeles and Len
                Brown of Auckland, and Koro Dickinson, an adviser to Auckland Council.[^chinadaily-2014] Their words
                are summarised on pages of their own.

                The alliance was to run for three years to begin with.[^chinadaily-global-2014] The reports do not
                call the document by one name.[^chinadaily-2014][^chinadaily-global-2014]
                """,
                """
                2014年11月16日，星期日，奥克兰、广州、洛杉矶三城在广州签约，结成由奥克兰倡议的经济联盟。
                这一年，奥克兰与广州结好25周年[^chinadaily-2014]。

                报道载有广州市市长陈建华、洛杉矶市长Eric Garcetti、奥克兰市长Len Brown的讲话，
                以及奥克兰市议会顾问Koro Dickinson的看法[^chinadaily-2014]。内容摘要另页刊载。

                联盟先定三年[^chinadaily-global-2014]。至于所签文件的名称，
                各篇报道说法不一[^chinadaily-2014][^chinadaily-global-2014]。
                """,
            ),
        },
    ),
    Gathering(
        slug="economic-summit-los-angeles-2015",
        kind=Event.Kind.SUMMIT,
        held="2015-06",
        place=("Los Angeles", "洛杉矶"),
        bonds=[ALLIANCE],
        series=SERIES,
        attendance=("More than 40 businesses from Auckland", "40多家奥克兰企业"),
        cites=rests(held=["nzherald-2016"], place=["nzherald-2016"], attendance=["nzherald-2016"]),
        texts={
            "title": ("Tripartite Economic Summit Los Angeles", "三城经济峰会（洛杉矶）"),
            "summary": (
                "The three cities meet in Los Angeles in June 2015.",
                "2015年6月，三城在洛杉矶聚首。",
            ),
            "body": (
                """
                In June 2015 the three cities met for an economic summit in Los Angeles. More than 40 businesses
                came from Auckland.[^nzherald-2016]

                The source gives the month, not the days.
                """,
                """
                2015年6月，三城经济峰会在洛杉矶举行，40多家奥克兰企业参会[^nzherald-2016]。

                资料只载月份，未载具体日期。
                """,
            ),
        },
    ),
    Gathering(
        slug="economic-summit-auckland-2016",
        kind=Event.Kind.SUMMIT,
        held="2016-05-16",
        until="2016-05-17",
        venue="viaduct",
        bonds=[ALLIANCE],
        series=SERIES,
        attendance=("More than 700 people", "700多人"),
        cites=rests(held=["nzinc-2016", "nzherald-2016"], place=["nzinc-2016"], attendance=["nzinc-2016"]),
        texts={
            "title": ("Tripartite Economic Summit Auckland", "三城经济峰会（奥克兰）"),
            "summary": (
                "Two days under the theme Making Connections, with more than 700 people.",
                "为期两天，以“建立联系”为主题，与会者700多人。",
            ),
            "body": (
                """
                On 16 and 17 May 2016 the summit brought more than 700 people to the ANZ Viaduct Events Centre in
                Auckland. Its theme was Making Connections.[^nzinc-2016][^nzherald-2016]

                Len Brown was Mayor of Auckland. The overview of the summit also names Wang Dong, Vice Mayor of
                Guangzhou.[^nzinc-2016]
                """,
                """
                2016年5月16日至17日，峰会在奥克兰的ANZ Viaduct活动中心举行，与会者700多人，
                主题是“建立联系”（Making Connections）[^nzinc-2016][^nzherald-2016]。

                时任奥克兰市长为Len Brown；峰会概览中还载有广州市副市长Wang Dong之名[^nzinc-2016]。
                """,
            ),
        },
    ),
    Gathering(
        slug="alliance-meeting-2019",
        kind=Event.Kind.MEETING,
        held="2019-05-20",
        venue="waterfront",
        bonds=[ALLIANCE],
        series=SERIES,
        attendance=(
            "About 250 people; from Guangzhou a delegation of 60",
            "约250人；广州派出60人的代表团",
        ),
        present=PRESENT_2019,
        cites=rests(
            held=["eguangzhou-2019", "newsroom-2019"],
            place=["eguangzhou-2019"],
            attendance=["eguangzhou-2019", "newsroom-2019"],
        ),
        texts={
            "title": ("Tripartite meeting 2019", "2019年三城会议"),
            "summary": (
                "About 250 people meet in Auckland, and Guangzhou sends a delegation of 60.",
                "约250人在奥克兰参会，广州派出60人的代表团。",
            ),
            "body": (
                """
                The three cities met again at the Waterfront Theatre in Auckland on 20 May 2019. About 250 people
                took part; from Guangzhou came a delegation of 60.[^eguangzhou-2019][^newsroom-2019]

                [Phil Goff](/en/people/phil-goff/), Mayor of Auckland, and
                [Zhang Shuofu](/en/people/zhang-shuofu/), Secretary of the CPC Guangzhou Municipal Committee,
                spoke.[^eguangzhou-2019] This archive holds no account of what they said, and so no summary of it.
                """,
                """
                2019年5月20日，三城在奥克兰海滨剧院再度聚会，约250人参加；
                广州派出60人的代表团[^eguangzhou-2019][^newsroom-2019]。

                奥克兰市长[Phil Goff](/zh-hans/people/phil-goff/)、
                中共广州市委书记[张硕辅](/zh-hans/people/zhang-shuofu/)在会上讲话[^eguangzhou-2019]。
                讲话内容本站没有收录，故无摘要。
                """,
            ),
        },
    ),
    Gathering(
        slug=RECEPTION_2021,
        kind=Event.Kind.RECEPTION,
        held="2021-12-08",
        venue=BILTMORE,
        bonds=[PAIR],
        marks=(PAIR, 40),
        present=PRESENT_2021,
        cites=rests(held=["xinhua-2021", "consulate-2021"], place=["xinhua-2021"]),
        texts={
            "title": (
                "Reception marking the 40th anniversary of the Guangzhou–Los Angeles sister city relationship",
                "广州—洛杉矶结为友好城市40周年招待会",
            ),
            "summary": (
                "Forty years to the day: a reception in Los Angeles, with messages by video and in writing.",
                "40年后的同一天，洛杉矶举行招待会，并收到视频致辞与书面致辞。",
            ),
            "body": (
                """
                On 8 December 2021, forty years to the day after the signing,[^consulate-2021] the bond of Guangzhou
                and Los Angeles was celebrated at the Millennium Biltmore Hotel in Los Angeles.[^xinhua-2021]

                Consul General Zhang Ping spoke in the room.[^consulate-2021] Eric Garcetti, Mayor of Los Angeles,
                sent a message by video, and Qin Gang, Ambassador of China to the United States, one in
                writing.[^xinhua-2021]

                The Consul General paid tribute to three people: [Caroline Ahmanson](/en/people/caroline-ahmanson/),
                [Katherine Whitman](/en/people/katherine-whitman/) and
                [Tom LaBonge](/en/people/tom-labonge/),[^consulate-2021] who had died in January
                of that year.[^deadline-2021]
                """,
                """
                2021年12月8日，距签署协议整整40年[^consulate-2021]，
                广州与洛杉矶结好40周年招待会在洛杉矶千禧比特摩尔酒店举行[^xinhua-2021]。

                总领事张平现场致辞[^consulate-2021]。洛杉矶市长Eric Garcetti发来视频致辞，
                中国驻美国大使秦刚发来书面致辞[^xinhua-2021]。

                总领事在致辞中向三人致敬：[Caroline Ahmanson](/zh-hans/people/caroline-ahmanson/)、
                [Katherine Whitman](/zh-hans/people/katherine-whitman/)
                和[Tom LaBonge](/zh-hans/people/tom-labonge/)[^consulate-2021]，
                其中LaBonge已于当年1月去世[^deadline-2021]。
                """,
            ),
        },
    ),
    Gathering(
        slug="golden-anniversary-reception-2022",
        kind=Event.Kind.RECEPTION,
        held="2022-07",
        venue="town-hall",
        bonds=["auckland-los-angeles"],
        marks=("auckland-los-angeles", 50),
        present=PRESENT_2022,
        cites=rests(held=["ourauckland-2022"], place=["ourauckland-2022"]),
        texts={
            "title": (
                "Auckland and Los Angeles golden anniversary reception",
                "奥克兰与洛杉矶结好50周年招待会",
            ),
            "summary": (
                "Fifty years of Auckland and Los Angeles, marked at Auckland Town Hall.",
                "奥克兰与洛杉矶结好50周年，两市在奥克兰市政厅举行招待会。",
            ),
            "body": (
                """
                In July 2022 Auckland and Los Angeles celebrated fifty years as sister cities at Auckland Town Hall.
                [Phil Goff](/en/people/phil-goff/), Mayor of Auckland, spoke in person;
                [Eric Garcetti](/en/people/eric-garcetti/) sent a message by video.[^ourauckland-2022]

                The source gives the month, not the day.
                """,
                """
                2022年7月，奥克兰与洛杉矶在奥克兰市政厅庆祝结为友好城市50周年。
                奥克兰市长[Phil Goff](/zh-hans/people/phil-goff/)现场讲话，
                [Eric Garcetti](/zh-hans/people/eric-garcetti/)以视频致辞[^ourauckland-2022]。

                资料只载月份，未载具体日期。
                """,
            ),
        },
    ),
]

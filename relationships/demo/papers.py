"""The three agreements of the demonstration. A signatory is listed only where a source names one."""

from collections.abc import Sequence
from dataclasses import dataclass

from relationships.demo.bonds import ALLIANCE, AUCKLAND_GUANGZHOU, GUANGZHOU_LOS_ANGELES
from relationships.models import Agreement
from sistercities.pages.demo.making import Both, Cite, rests
from sistercities.pages.models import Citation


@dataclass(frozen=True)
class Signer:
    person: str
    capacity: Both
    city: str


@dataclass(frozen=True)
class Paper:
    slug: str
    kind: str
    relationship: str
    signed: str
    place: Both
    texts: dict[str, Both]
    signed_in: str = ""
    sectors: Sequence[str] = ()
    term: Both = ("", "")
    signers: Sequence[Signer] = ()
    cites: Sequence[Cite] = ()


PAPERS = [
    Paper(
        slug="sister-city-agreement-1981",
        kind=Agreement.Kind.SISTER_CITY,
        relationship=GUANGZHOU_LOS_ANGELES,
        signed="1981-12-08",
        place=("Los Angeles City Hall", "洛杉矶市政厅"),
        signed_in="los-angeles",
        signers=[
            Signer("liang-lingguang", ("Mayor of Guangzhou", "广州市市长"), "guangzhou"),
            Signer("tom-bradley", ("Mayor of Los Angeles", "洛杉矶市长"), "los-angeles"),
        ],
        cites=rests(signed=["consulate-2021"], place=["consulate-2021"], signatories=["consulate-2021"]),
        texts={
            "title": ("Sister city agreement of Guangzhou and Los Angeles", "广州与洛杉矶友好城市协议"),
            "summary": (
                "Signed by Liang Lingguang and Tom Bradley at Los Angeles City Hall on 8 December 1981.",
                "1981年12月8日由梁灵光与汤姆·布拉德利在洛杉矶市政厅签署。",
            ),
            "body": (
                """
                With two signatures at Los Angeles City Hall, those of Liang Lingguang and Tom Bradley, Guangzhou
                and Los Angeles became sister cities on 8 December 1981.[^consulate-2021]

                The anniversary is counted from this day.
                """,
                """
                1981年12月8日，梁灵光与汤姆·布拉德利在洛杉矶市政厅签字，广州与洛杉矶由此结为友好城市[^consulate-2021]。

                两市的周年纪念即从这一天算起。
                """,
            ),
        },
    ),
    Paper(
        slug="sister-city-agreement-1989",
        kind=Agreement.Kind.SISTER_CITY,
        relationship=AUCKLAND_GUANGZHOU,
        signed="1989-02-17",
        place=("Auckland", "奥克兰"),
        signed_in="auckland",
        cites=rests(signed=["gz-2022"], place=["gz-2022"]),
        texts={
            "title": ("Sister city agreement of Auckland and Guangzhou", "奥克兰与广州友好城市协议"),
            "summary": (
                "Signed in Auckland on 17 February 1989.",
                "1989年2月17日在奥克兰签署。",
            ),
            "body": (
                """
                The day and the place are those of Guangzhou’s own list of its sister cities.[^gz-2022] Two other
                sources give the year and no day.[^chinadaily-2014][^nzcta-2009]

                Who signed is told by none of them, so no signatories are listed.
                """,
                """
                签署日期与地点依广州市的友好城市名单[^gz-2022]；另两种资料只有年份，没有日期[^chinadaily-2014][^nzcta-2009]。

                各种资料均未写明签署人，故此处不列。
                """,
            ),
        },
    ),
    Paper(
        slug="alliance-memorandum-2014",
        kind=Agreement.Kind.MEMORANDUM,
        relationship=ALLIANCE,
        signed="2014-11-16",
        place=("Guangzhou", "广州"),
        signed_in="guangzhou",
        sectors=["innovation", "film-and-television", "trade-and-tourism", "education"],
        term=("Three years to begin with; longer if every city consents", "先定三年，三方一致同意，可再延长"),
        texts={
            "title": (
                "Memorandum of understanding on the Tripartite Economic Alliance",
                "三城经济联盟谅解备忘录",
            ),
            "summary": (
                "Signed in Guangzhou on 16 November 2014 between Auckland, Guangzhou and Los Angeles.",
                "奥克兰、广州、洛杉矶三城于2014年11月16日在广州签署。",
            ),
            "body": (
                """
                Auckland, Guangzhou and Los Angeles signed in Guangzhou on 16 November 2014.[^chinadaily-2014] It was
                to hold for three years to begin with, and longer if every city consented.[^chinadaily-global-2014]

                What they signed is called a memorandum of understanding in one report[^chinadaily-2014] and an
                agreement in another.[^chinadaily-global-2014] This archive files it under the first name and shows
                the second beside it.

                No signatories are listed. The report from Guangzhou mentions that the mayors were there and what
                they said, but not who signed.[^chinadaily-2014]
                """,
                """
                2014年11月16日，奥克兰、广州、洛杉矶三城在广州签署联盟文件[^chinadaily-2014]。
                联盟先定三年，三方一致同意，可再延长[^chinadaily-global-2014]。

                所签文件，一篇报道称为谅解备忘录[^chinadaily-2014]，另一篇称为协议[^chinadaily-global-2014]。
                本站按前者归档，后者并存备考。

                这里不列签署人：发自广州的报道写到各市市长在场及其讲话，但没有写明由谁签署[^chinadaily-2014]。
                """,
            ),
        },
        cites=[
            *rests(signed=["chinadaily-2014"], place=["chinadaily-2014"], term=["chinadaily-global-2014"]),
            Cite(
                "chinadaily-2014",
                claim="kind",
                note=("The cities signed a memorandum of understanding", "三城签署的是谅解备忘录"),
            ),
            Cite(
                "chinadaily-global-2014",
                claim="kind",
                stance=Citation.Stance.CONTRADICTS,
                note=("The cities signed an agreement", "三城签署的是协议"),
            ),
        ],
    ),
]

"""Who held which office. Where no source gives a term, the years stand in which sources name the office."""

from collections.abc import Sequence
from dataclasses import dataclass

from relationships.demo.cities import ASSOCIATION
from sistercities.pages.demo.making import Both


@dataclass(frozen=True)
class Post:
    person: str
    office: Both
    cites: Sequence[str]
    city: str = ""
    organisation: str = ""
    began: str = ""
    ended: str = ""
    attested: str = ""
    note: Both = ("", "")


MAYOR_LOS_ANGELES = ("Mayor of Los Angeles", "洛杉矶市长")
MAYOR_GUANGZHOU = ("Mayor of Guangzhou", "广州市市长")
MAYOR_AUCKLAND = ("Mayor of Auckland", "奥克兰市长")
LIANG_NOTE = (
    "Accounts of his time in office differ; these months are Wikipedia’s. No other account is on record here.",
    "其任职时间各家记载不一；此处月份依英文维基百科，本站未收录其他说法。",
)

POSTS = [
    Post(
        "tom-bradley", MAYOR_LOS_ANGELES, ["consulate-2021"], city="los-angeles", began="1973", ended="1993"
    ),
    Post(
        "liang-lingguang",
        MAYOR_GUANGZHOU,
        ["wikipedia-liang"],
        city="guangzhou",
        began="1980-09",
        ended="1983-07",
        note=LIANG_NOTE,
    ),
    Post(
        "liang-lingguang",
        ("Governor of Guangdong", "广东省省长"),
        ["wikipedia-liang"],
        began="1983-04",
        ended="1985-08",
        note=LIANG_NOTE,
    ),
    Post(
        "caroline-ahmanson",
        ("Founder of the Los Angeles Sister City Committee", "洛杉矶友好城市委员会创始人"),
        ["consulate-2021"],
        organisation="los-angeles-sister-city-committee",
        note=("The committee is named as in the remarks of 2021.", "委员会名称依2021年致辞。"),
    ),
    Post(
        "katherine-whitman",
        ("Professor of economics and international business", "经济学与国际商务教授"),
        ["consulate-2021", "chinadaily-2022"],
        organisation="mount-saint-marys-university",
    ),
    Post(
        "tom-labonge",
        ("Member of the Los Angeles City Council, 4th district", "洛杉矶市议会第四选区议员"),
        ["deadline-2021"],
        city="los-angeles",
        began="2001",
        ended="2015",
    ),
    Post(
        "zhang-ping",
        ("Consul General of China in Los Angeles", "中国驻洛杉矶总领事"),
        ["consulate-2021"],
        organisation="consulate-general-of-china-los-angeles",
        attested="2021",
    ),
    Post("chen-jianhua", MAYOR_GUANGZHOU, ["chinadaily-2014"], city="guangzhou", attested="2014"),
    Post(
        "eric-garcetti",
        MAYOR_LOS_ANGELES,
        ["chinadaily-2014", "xinhua-2021"],
        city="los-angeles",
        attested="2014, 2021",
    ),
    Post(
        "len-brown", MAYOR_AUCKLAND, ["chinadaily-2014", "nzinc-2016"], city="auckland", attested="2014, 2016"
    ),
    Post(
        "koro-dickinson",
        ("Adviser for global partnerships and strategy, Auckland Council", "奥克兰市议会全球合作与战略顾问"),
        ["chinadaily-2014"],
        organisation="auckland-council",
        attested="2014",
    ),
    Post(
        "phil-goff",
        MAYOR_AUCKLAND,
        ["eguangzhou-2019", "ourauckland-2022"],
        city="auckland",
        attested="2019, 2022",
    ),
    Post(
        "zhang-shuofu",
        ("Secretary of the CPC Guangzhou Municipal Committee", "中共广州市委书记"),
        ["eguangzhou-2019"],
        city="guangzhou",
        attested="2019",
    ),
    Post(
        "qin-gang",
        ("Ambassador of China to the United States", "中国驻美国大使"),
        ["xinhua-2021"],
        attested="2021",
    ),
    Post(
        "fredrick-w-hong",
        ("President of the Los Angeles–Guangzhou Sister City Association", "洛杉矶—广州友好城市协会会长"),
        ["eguangzhou-2018"],
        organisation=ASSOCIATION,
        note=("Named as a former president in 2018.", "2018年的报道称其为前会长。"),
    ),
    Post(
        "wang-dong",
        ("Vice Mayor of Guangzhou", "广州市副市长"),
        ["nzinc-2016"],
        city="guangzhou",
        attested="2016",
    ),
]

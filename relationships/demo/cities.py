"""The three cities of the demonstration and the bodies at home in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relationships.models import City, CityName, Organisation
from sistercities.pages.demo.making import Both, Cite, rests


@dataclass(frozen=True)
class Place:
    slug: str
    texts: dict[str, Both]
    names: dict[str, Both]
    facts: dict[str, Any]
    cites: Sequence[Cite]
    # Spellings, for search; they are names and state nothing, so that no source is quoted for them.
    other_names: Sequence[tuple[str, str, str]] = ()


CITIES = [
    Place(
        slug="los-angeles",
        cites=rests(summary=["consulate-2021", "chinadaily-2014"]),
        texts={
            "title": ("Los Angeles", "洛杉矶"),
            "summary": (
                "The largest city on the west coast of the United States, and a gateway for trade and travel.",
                "美国西海岸最大的城市，贸易与旅行往来的门户。",
            ),
            "body": (
                """
                Los Angeles is the largest city on the west coast of the United States, and a gateway through
                which goods and travellers come and go.[^consulate-2021][^chinadaily-2014]

                Its bond with Auckland goes back to 1972,[^ourauckland-2022] that with Guangzhou to 8 December
                1981.[^consulate-2021] By our own reckoning along the great circle, Guangzhou lies about 11,650
                kilometres away and Auckland about 10,500.
                """,
                """
                洛杉矶是美国西海岸最大的城市，也是贸易与旅行往来的门户[^consulate-2021][^chinadaily-2014]。

                它与奥克兰的情谊始于1972年[^ourauckland-2022]，与广州的情谊始于1981年12月8日[^consulate-2021]。
                依坐标按大圆距离推算，洛杉矶距广州约11,650公里，距奥克兰约10,500公里。
                """,
            ),
        },
        names={
            "country": ("United States", "美国"),
            "region": ("California", "加利福尼亚州"),
            "flower": ("bird of paradise", "鹤望兰"),
        },
        facts={
            "country_code": "US",
            "romanisation": "Luòshānjī",
            "latitude": 34.0522,
            "longitude": -118.2437,
            "timezone": "America/Los_Angeles",
            "colour": City.Colour.STRELITZIA,
        },
        other_names=[("LA", "en", CityName.Kind.SHORT)],
    ),
    Place(
        slug="guangzhou",
        cites=rests(summary=["chinadaily-2014", "consulate-2021"]),
        texts={
            "title": ("Guangzhou", "广州"),
            "summary": (
                "The manufacturing and foreign-trade centre of South China, a core city of the Greater Bay Area.",
                "华南的制造业与外贸中心，粤港澳大湾区核心城市。",
            ),
            "body": (
                """
                Guangzhou is the centre of manufacturing and foreign trade in South China,[^chinadaily-2014] and
                a core city of the Guangdong–Hong Kong–Macao Greater Bay Area.[^consulate-2021]

                It has been the sister city of Los Angeles since 8 December 1981[^consulate-2021] and of Auckland
                since 17 February 1989.[^gz-2022] The alliance of the three was signed here
                in 2014.[^chinadaily-2014]

                On 19 April 2022 the city counted 38 sister cities and 63 friendship cooperation cities. They are
                two kinds of bond, and the city’s own list counts them apart.[^gz-2022]
                """,
                """
                广州是华南的制造业与外贸中心[^chinadaily-2014]，也是粤港澳大湾区的核心城市[^consulate-2021]。

                广州1981年12月8日与洛杉矶结为友好城市[^consulate-2021]，1989年2月17日与奥克兰结为友好城市[^gz-2022]。
                2014年，三城经济联盟在这里缔结[^chinadaily-2014]。

                截至2022年4月19日，广州有友好城市38个、友好合作交流城市63个。两者性质不同，市政府的名单分别计数[^gz-2022]。
                """,
            ),
        },
        names={
            "country": ("China", "中国"),
            "region": ("Guangdong", "广东省"),
            "flower": ("kapok", "木棉"),
        },
        facts={
            "country_code": "CN",
            "romanisation": "Guǎngzhōu",
            "latitude": 23.1291,
            "longitude": 113.2644,
            "timezone": "Asia/Shanghai",
            "colour": City.Colour.KAPOK,
        },
        other_names=[
            ("Canton", "en", CityName.Kind.ROMANISATION),
            ("Kwangchow", "zh-Latn", CityName.Kind.ROMANISATION),
            ("Kuang-chou", "zh-Latn", CityName.Kind.ROMANISATION),
        ],
    ),
    Place(
        slug="auckland",
        cites=rests(summary=["chinadaily-2014"]),
        texts={
            "title": ("Auckland", "奥克兰"),
            "summary": (
                "The largest city of New Zealand, which proposed the alliance of the three.",
                "新西兰最大的城市，三城经济联盟的倡议者。",
            ),
            "body": (
                """
                Auckland is the largest city of New Zealand.[^chinadaily-2014]

                It has been the sister city of Los Angeles since 1972[^ourauckland-2022] and of Guangzhou since
                17 February 1989,[^gz-2022] and it was Auckland that proposed to make one alliance of the three
                cities.[^chinadaily-2014]
                """,
                """
                奥克兰是新西兰最大的城市[^chinadaily-2014]。

                它1972年与洛杉矶结为友好城市[^ourauckland-2022]，1989年2月17日与广州结为友好城市[^gz-2022]。
                三城结盟的倡议，正是由奥克兰提出的[^chinadaily-2014]。
                """,
            ),
        },
        names={
            "country": ("New Zealand", "新西兰"),
            "region": ("Auckland", "奥克兰"),
        },
        facts={
            "country_code": "NZ",
            "romanisation": "Àokèlán",
            "latitude": -36.8509,
            "longitude": 174.7645,
            "timezone": "Pacific/Auckland",
            "colour": City.Colour.POHUTUKAWA,
        },
    ),
]


@dataclass(frozen=True)
class Body:
    slug: str
    kind: str
    name: Both
    city: str
    founded: str = ""
    founders: Sequence[str] = ()
    cites: Sequence[str] = ()


ASSOCIATION = "los-angeles-guangzhou-sister-city-association"
ORGANISATIONS = [
    Body(
        ASSOCIATION,
        Organisation.Kind.ASSOCIATION,
        ("Los Angeles–Guangzhou Sister City Association", "洛杉矶—广州友好城市协会"),
        "los-angeles",
        founded="1981",
        cites=["lagsca"],
    ),
    Body(
        "los-angeles-sister-city-committee",
        Organisation.Kind.ASSOCIATION,
        ("Los Angeles Sister City Committee", "洛杉矶友好城市委员会"),
        "los-angeles",
        founders=["caroline-ahmanson"],
        cites=["consulate-2021"],
    ),
    Body(
        "consulate-general-of-china-los-angeles",
        Organisation.Kind.CONSULATE,
        (
            "Consulate General of the People’s Republic of China in Los Angeles",
            "中华人民共和国驻洛杉矶总领事馆",
        ),
        "los-angeles",
    ),
    Body(
        "mount-saint-marys-university",
        Organisation.Kind.UNIVERSITY,
        ("Mount Saint Mary’s University, Los Angeles", "洛杉矶圣玛丽山大学"),
        "los-angeles",
    ),
    Body("auckland-council", Organisation.Kind.COUNCIL, ("Auckland Council", "奥克兰市议会"), "auckland"),
]

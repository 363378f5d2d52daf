"""The eighteen sources on which the demonstration rests. Chinese titles of English sources are translations of ours."""

from dataclasses import dataclass

from sistercities.pages.demo.making import Both
from sistercities.pages.models import Source


@dataclass(frozen=True)
class Publication:
    slug: str
    kind: str
    title: Both
    publisher: Both
    summary: Both
    published: str = ""
    author: str = ""
    url: str = ""
    language: str = "en"


CHINA_DAILY = ("China Daily", "《中国日报》")
NZ_HERALD = ("The New Zealand Herald", "《新西兰先驱报》")

SOURCES = [
    Publication(
        slug="consulate-2021",
        kind=Source.Kind.OFFICIAL,
        title=(
            """
            Remarks by Consul General Zhang Ping at the Reception Marking the 40th Anniversary of
            Guangzhou-Los Angeles Sister City Relationship
            """,
            "张平总领事在广州—洛杉矶缔结友好城市关系40周年招待会上的致辞",
        ),
        publisher=(
            "Consulate General of the People’s Republic of China in Los Angeles",
            "中华人民共和国驻洛杉矶总领事馆",
        ),
        summary=(
            "The Consul General’s remarks of 8 December 2021, published two days later.",
            "总领事2021年12月8日的致辞，两天后发表。",
        ),
        published="2021-12-10",
        url="http://losangeles.china-consulate.gov.cn/eng/lghd/202112/t20211210_10466371.htm",
    ),
    Publication(
        slug="xinhua-2021",
        kind=Source.Kind.PRESS,
        title=(
            "Los Angeles marks 4-decad-old sister-city relationship with Guangzhou",
            "洛杉矶庆祝与广州结好40年",
        ),
        publisher=("Xinhua", "新华社"),
        summary=(
            "News agency report on the anniversary reception, carried by Big News Network. The title is as published.",
            "通讯社关于周年招待会的报道，由Big News Network转载。标题拼写照原文。",
        ),
        published="2021-12-09",
        url="https://www.bignewsnetwork.com/news/271905002/"
        "los-angeles-marks-4-decad-old-sister-city-relationship-with-guangzhou",
    ),
    Publication(
        slug="chinadaily-2014",
        kind=Source.Kind.PRESS,
        title=("Guangzhou, sister cities sign economic alliance", "广州与友好城市缔结经济联盟"),
        publisher=CHINA_DAILY,
        author="Xu Jingxi",
        summary=(
            "Report from Guangzhou on the day after the alliance of the three cities was signed.",
            "三城经济联盟签约次日发自广州的报道。",
        ),
        published="2014-11-17",
    ),
    Publication(
        slug="chinadaily-global-2014",
        kind=Source.Kind.PRESS,
        title=(
            """
            Three-way trade and economic agreement of Auckland, Guangzhou and Los Angeles
            (report from Wellington)
            """,
            "奥克兰、广州、洛杉矶三方贸易与经济协议（惠灵顿报道）",
        ),
        publisher=("China Daily / Xinhua", "《中国日报》、新华社"),
        summary=(
            "Report from Wellington on the same signing; it names the term of the alliance.",
            "发自惠灵顿、关于同一次签署的报道，载有联盟的期限。",
        ),
        published="2014-11-17",
        url="https://global.chinadaily.com.cn/world/2014-11/17/content_18928849.htm",
    ),
    Publication(
        slug="chinadaily-2022",
        kind=Source.Kind.PRESS,
        title=("A sisterly bond", "姊妹情谊"),
        publisher=CHINA_DAILY,
        author="Liu Yinmeng",
        summary=(
            "Feature on Katherine Whitman and her exchange programmes with Guangzhou.",
            "关于Katherine Whitman及其与广州交流项目的特写。",
        ),
        published="2022-01-06",
    ),
    Publication(
        slug="eguangzhou-2018",
        kind=Source.Kind.PRESS,
        title=(
            "Chinese American praises Guangzhou-Los Angeles sister cities bond",
            "美籍华人盛赞广州与洛杉矶的友城之谊",
        ),
        publisher=("Guangzhou Daily, on eguangzhou.gov.cn", "《广州日报》，载于eguangzhou.gov.cn"),
        summary=(
            "Newspaper report on the bond and on the association’s work for it.",
            "关于两市友城关系及协会工作的报道。",
        ),
        published="2018-08-01",
        url="http://www.eguangzhou.gov.cn/2018-08/01/c_259555.htm",
    ),
    Publication(
        slug="lagsca",
        kind=Source.Kind.PRIMARY,
        title=(
            "Los Angeles-Guangzhou Sister City Association (home page)",
            "洛杉矶—广州友好城市协会（网站首页）",
        ),
        publisher=("Los Angeles–Guangzhou Sister City Association", "洛杉矶—广州友好城市协会"),
        summary=("The association’s own home page.", "协会自己的网站首页。"),
        url="http://lagsca.org/",
    ),
    Publication(
        slug="gz-2022",
        kind=Source.Kind.OFFICIAL,
        title=(
            "List of Guangzhou’s sister cities and friendship-cooperation cities (as of 19 April 2022)",
            "广州市友好城市和友好合作交流城市名单（截至2022年4月19日）",
        ),
        publisher=("Guangzhou Municipal Government", "广州市人民政府"),
        summary=(
            "The city’s own list, with the two kinds of bond counted apart.",
            "广州市自己的名单，两类城市分别计数。",
        ),
        url="https://www.gz.gov.cn",
        language="zh-Hans",
    ),
    Publication(
        slug="nzcta-2009",
        kind=Source.Kind.PRESS,
        title=(
            "Guangzhou and Auckland: 20 years on partnership continues to flourish",
            "广州与奥克兰：结好20年，合作蓬勃依旧",
        ),
        publisher=("New Zealand China Trade Association", "新西兰中国贸易协会"),
        summary=(
            "On the partnership of Guangzhou and Auckland after twenty years.",
            "关于广州与奥克兰结好20年的合作。",
        ),
        url="https://www.nzcta.co.nz/chinanow-general/1042/"
        "guangzhou-and-auckland-20-years-on-partnership-continues-to-flourish/",
    ),
    Publication(
        slug="ourauckland-2022",
        kind=Source.Kind.OFFICIAL,
        title=("Auckland and LA toast golden anniversary", "奥克兰与洛杉矶举杯共庆结好50周年"),
        publisher=("OurAuckland (Auckland Council)", "OurAuckland（奥克兰市议会）"),
        summary=(
            "The council’s news on the reception for the fiftieth anniversary.",
            "市议会关于50周年招待会的消息。",
        ),
        published="2022-07",
        url="https://ourauckland.aucklandcouncil.govt.nz/news/2022/07/auckland-and-la-toast-golden-anniversary",
    ),
    Publication(
        slug="nzinc-2016",
        kind=Source.Kind.PRESS,
        title=(
            "An Overview: Tripartite Economic Alliance Auckland 2016",
            "三城经济联盟2016年奥克兰峰会概览",
        ),
        publisher=("New Zealand Inc.", "New Zealand Inc."),
        summary=("Overview of the summit in Auckland.", "奥克兰峰会概览。"),
        published="2016",
        url="http://newzealandinc.com/22177-2/",
    ),
    Publication(
        slug="nzherald-2016",
        kind=Source.Kind.PRESS,
        title=(
            "China Business: Auckland hosts city-to-city investment and trade talks",
            "对华商务：奥克兰举办城市间投资与贸易会谈",
        ),
        publisher=NZ_HERALD,
        summary=(
            "Report on the summit of 2016, with a look back at the year before.",
            "关于2016年峰会的报道，兼及上一年。",
        ),
        published="2016-05",
    ),
    Publication(
        slug="nzherald-2017",
        kind=Source.Kind.PRESS,
        title=("Tripartite drives bright outcomes", "三城联盟成果可期"),
        publisher=NZ_HERALD,
        author="Graham Skellern",
        summary=("Article on the alliance of the three cities.", "关于三城联盟的文章。"),
        published="2017-03-28",
    ),
    Publication(
        slug="eguangzhou-2019",
        kind=Source.Kind.PRESS,
        title=(
            "Tripartite 2019 meetings held in New Zealand to promote trade, innovation",
            "2019年三城会议在新西兰举行，推动贸易与创新",
        ),
        publisher=("Xinhua, on eguangzhou.gov.cn", "新华社，载于eguangzhou.gov.cn"),
        summary=("Report on the meeting in Auckland.", "关于奥克兰会议的报道。"),
        published="2019-05-24",
        url="http://www.eguangzhou.gov.cn/2019-05/24/c_380054.htm",
    ),
    Publication(
        slug="newsroom-2019",
        kind=Source.Kind.PRESS,
        title=("Auckland a bridge between China and US", "奥克兰：中美之间的桥梁"),
        publisher=("Newsroom", "Newsroom"),
        summary=("Article on the eve of the meeting in Auckland.", "奥克兰会议前夕的文章。"),
        published="2019-05-19",
        url="https://newsroom.co.nz/2019/05/19/auckland-a-bridge-between-china-and-us/",
    ),
    Publication(
        slug="deadline-2021",
        kind=Source.Kind.PRESS,
        title=(
            "Tom LaBonge Dies: Councilman Dubbed ‘Mr. Los Angeles’",
            "人称“洛杉矶先生”的市议员Tom LaBonge去世",
        ),
        publisher=("Deadline", "Deadline"),
        summary=("Obituary of Tom LaBonge.", "Tom LaBonge的讣闻。"),
        published="2021-01",
        url="https://deadline.com/2021/01/tom-labonge-dies-councilman-dubbed-mr-los-angeles-was-67-1234667932/",
    ),
    Publication(
        slug="rafu-2021",
        kind=Source.Kind.PRESS,
        title=(
            "‘Mr. Los Angeles’ Tom LaBonge passes at 67",
            "“洛杉矶先生”Tom LaBonge辞世，享年67岁",
        ),
        publisher=("Rafu Shimpo", "《罗府新报》"),
        summary=("Obituary of Tom LaBonge.", "Tom LaBonge的讣闻。"),
        published="2021-01",
        url="http://www.rafu.com/2021/01/mr-los-angeles-tom-labonge-passes-at-67/",
    ),
    Publication(
        slug="wikipedia-liang",
        kind=Source.Kind.REFERENCE,
        title=("Liang Lingguang", "梁灵光"),
        publisher=("Wikipedia", "英文维基百科"),
        summary=("Article on the life and offices of Liang Lingguang.", "关于梁灵光生平与任职的条目。"),
        url="https://en.wikipedia.org/wiki/Liang_Lingguang",
    ),
]

"""Those who made the bond of Guangzhou and Los Angeles, and those who kept it."""

from people.demo.portrait import Portrait, chinese, western
from sistercities.pages.demo.making import Cite, rests
from sistercities.pages.models import Citation

FOUNDERS = [
    Portrait(
        slug="liang-lingguang",
        names=chinese("Liang Lingguang", ("梁", "灵光"), "Liáng Língguāng", wade_giles="Liang Ling-kuang"),
        born="1916-11",
        died="2006-02-25",
        known_for=("Mayor of Guangzhou when the bond was made", "两市结好时任广州市市长"),
        summary=(
            "Signed the agreement of 1981 for Guangzhou.",
            "1981年代表广州签署友好城市协议。",
        ),
        cites=rests(known_for=["consulate-2021"], life=["wikipedia-liang"], summary=["consulate-2021"]),
        body=(
            """
            On 8 December 1981, as Mayor of Guangzhou, he and Tom Bradley, Mayor of Los Angeles, put their names
            to the agreement that made their cities sister cities.[^consulate-2021]

            Born in November 1916, he was Mayor of Guangzhou from September 1980 to July 1983 and Governor of
            Guangdong from April 1983 to August 1985, as Wikipedia has it.[^wikipedia-liang] Accounts of when he
            held these offices differ, and no other is on record here; the months, overlap included, are
            Wikipedia’s alone. He died on 25 February 2006.[^wikipedia-liang]
            """,
            """
            1981年12月8日，时任广州市市长梁灵光与洛杉矶市长汤姆·布拉德利签署协议，
            两市由此结为友好城市[^consulate-2021]。

            他生于1916年11月。据英文维基百科，他1980年9月至1983年7月任广州市市长，
            1983年4月至1985年8月任广东省省长[^wikipedia-liang]。
            其任职时间各家记载不一，本站未收录其他说法，此处月份仅依英文维基百科，两任重叠之处亦照录。
            他于2006年2月25日去世[^wikipedia-liang]。
            """,
        ),
    ),
    Portrait(
        slug="tom-bradley",
        names=western("Tom", "Bradley", ("汤姆", "布拉德利")),
        known_for=("Mayor of Los Angeles, 1973–1993", "1973年至1993年任洛杉矶市长"),
        summary=(
            "Signed the agreement of 1981 for Los Angeles.",
            "1981年代表洛杉矶签署友好城市协议。",
        ),
        cites=rests(known_for=["consulate-2021"], summary=["consulate-2021"]),
        body=(
            """
            Tom Bradley was Mayor of Los Angeles from 1973 to 1993. On 8 December 1981 he and Liang Lingguang,
            Mayor of Guangzhou, signed the agreement of their two cities at Los Angeles
            City Hall.[^consulate-2021]
            """,
            """
            汤姆·布拉德利1973年至1993年任洛杉矶市长。1981年12月8日，
            他与广州市市长梁灵光在洛杉矶市政厅签署了两市的友好城市协议[^consulate-2021]。
            """,
        ),
    ),
    Portrait(
        slug="caroline-ahmanson",
        names=western("Caroline", "Ahmanson"),
        known_for=("Founder of the Los Angeles Sister City Committee", "洛杉矶友好城市委员会创始人"),
        summary=(
            "Had an important part in bringing Guangzhou and Los Angeles together.",
            "为促成广州与洛杉矶结好发挥了重要作用。",
        ),
        cites=rests(known_for=["consulate-2021"], summary=["consulate-2021"]),
        body=(
            """
            Caroline Ahmanson founded what the Consul General, in his remarks of 2021, calls the Los Angeles
            Sister City Committee, and had an important part in forging the bond with Guangzhou.[^consulate-2021]

            When that bond turned forty, the Consul General paid tribute to her at the
            [anniversary reception](/en/events/fortieth-anniversary-reception-2021/).[^consulate-2021]
            """,
            """
            Caroline Ahmanson是洛杉矶友好城市委员会（依总领事2021年致辞中的称法）的创始人，
            为洛杉矶与广州结好发挥了重要作用[^consulate-2021]。

            在两市结好40周年的[招待会](/zh-hans/events/fortieth-anniversary-reception-2021/)上，
            总领事在致辞中向她致敬[^consulate-2021]。
            """,
        ),
    ),
    Portrait(
        slug="katherine-whitman",
        names=western("Katherine", "Whitman"),
        honorific=("Professor", "教授"),
        known_for=(
            "Professor; exchange programmes with Guangzhou from 1987 on",
            "教授，1987年起开展与广州的交流项目",
        ),
        summary=(
            "Taught in Guangzhou for the first time in 1987, for three weeks.",
            "1987年首次到广州授课，为期三周。",
        ),
        body=(
            """
            In 1987 Katherine Whitman taught in Guangzhou for the first time: for three weeks, in a business
            programme for which the city’s vice mayor had asked.[^chinadaily-2022] Her exchange programmes with
            Guangzhou go back to that year.[^consulate-2021][^chinadaily-2022]

            The sources know her as professor of economics and international business at Mount Saint Mary’s
            University in Los Angeles.[^consulate-2021][^chinadaily-2022]

            How often she has made the journey to China depends on whom one asks: more than 80 times, said the
            Consul General in December 2021;[^consulate-2021] more than 100 times, wrote China Daily the month
            after.[^chinadaily-2022] Both figures are kept, side by side.
            """,
            """
            1987年，Katherine Whitman首次到广州授课，为期三周，
            所讲商务课程是广州市副市长请求开设的[^chinadaily-2022]。
            她与广州的交流项目自当年开始[^consulate-2021][^chinadaily-2022]。

            她是洛杉矶圣玛丽山大学的经济学与国际商务教授[^consulate-2021][^chinadaily-2022]。

            她究竟去过中国多少次，资料说法不一：总领事2021年12月说有八十多次[^consulate-2021]，
            《中国日报》次月的报道则说有一百多次[^chinadaily-2022]。两个数字并列于下。
            """,
        ),
        cites=[
            *rests(
                known_for=["consulate-2021", "chinadaily-2022"],
                summary=["chinadaily-2022"],
            ),
            Cite(
                "consulate-2021",
                claim="journeys",
                note=(
                    "She had travelled to China more than 80 times (said in December 2021)",
                    "她到过中国八十多次（2021年12月的说法）",
                ),
            ),
            Cite(
                "chinadaily-2022",
                claim="journeys",
                stance=Citation.Stance.CONTRADICTS,
                note=(
                    "She had travelled to China more than 100 times (written in January 2022)",
                    "她到过中国一百多次（2022年1月的说法）",
                ),
            ),
        ],
    ),
    Portrait(
        slug="tom-labonge",
        names=western("Tom", "LaBonge"),
        born="1953-10-06",
        died="2021-01-07",
        known_for=(
            "Member of the Los Angeles City Council, 2001–2015",
            "2001年至2015年任洛杉矶市议会议员",
        ),
        summary=(
            "“Mr. Los Angeles”: a councilman who promoted sister-city programmes.",
            "人称“洛杉矶先生”的市议员，积极推动友好城市项目。",
        ),
        cites=rests(
            known_for=["deadline-2021"],
            life=["deadline-2021", "rafu-2021"],
            summary=["deadline-2021", "rafu-2021", "consulate-2021"],
        ),
        body=(
            """
            Tom LaBonge sat on the Los Angeles City Council for the fourth district from 2001 to
            2015,[^deadline-2021] and promoted sister-city programmes.[^consulate-2021]

            Born on 6 October 1953, he died on 7 January 2021, at 67; the obituaries called him
            “Mr. Los Angeles”.[^deadline-2021][^rafu-2021] In December of that year the Consul General paid
            tribute to him at the
            [anniversary reception](/en/events/fortieth-anniversary-reception-2021/).[^consulate-2021]
            """,
            """
            Tom LaBonge于2001年至2015年任洛杉矶市议会第四选区议员[^deadline-2021]，
            积极推动友好城市项目[^consulate-2021]。

            他生于1953年10月6日，2021年1月7日去世，享年67岁，
            讣闻称他为“洛杉矶先生”[^deadline-2021][^rafu-2021]。
            同年12月，在[周年招待会](/zh-hans/events/fortieth-anniversary-reception-2021/)上，
            总领事向他致敬[^consulate-2021]。
            """,
        ),
    ),
    Portrait(
        slug="fredrick-w-hong",
        names=western("Fredrick W.", "Hong"),
        known_for=(
            "Lawyer; former president of the Los Angeles–Guangzhou Sister City Association",
            "律师，洛杉矶—广州友好城市协会前会长",
        ),
        summary=(
            "A former president of the association, by a report of 2018.",
            "据2018年的报道，曾任协会会长。",
        ),
        cites=rests(known_for=["eguangzhou-2018"], summary=["eguangzhou-2018"]),
        body=(
            """
            Fredrick W. Hong is a lawyer. By 2018 he was a former president of the Los Angeles–Guangzhou Sister City
            Association, according to a report of that year.[^eguangzhou-2018]

            The report also goes back to 1990, when Guangzhou got its baseball stadium and the association lent a
            hand in finding money: 300,000 US dollars from the International Baseball
            Federation.[^eguangzhou-2018]
            """,
            """
            Fredrick W. Hong是律师。据2018年的一篇报道，
            他曾任洛杉矶—广州友好城市协会会长，当时已卸任[^eguangzhou-2018]。

            报道还回顾了1990年的往事：广州兴建棒球场，协会出力筹款，
            国际棒球联合会拨出30万美元[^eguangzhou-2018]。
            """,
        ),
    ),
]

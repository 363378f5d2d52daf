"""What was said, in summaries: reported speech after the sources, nobody's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.demo.gatherings import RECEPTION_2021, SIGNING_2014
from events.models import Remark
from sistercities.pages.demo.making import Both


@dataclass(frozen=True)
class Summary:
    slug: str
    event: str
    speaker: str
    capacity: Both
    delivery: str
    source: str
    title: Both
    summary: Both
    paragraphs: Sequence[Both]


SUMMARIES = [
    Summary(
        slug="zhang-ping-2021",
        event=RECEPTION_2021,
        speaker="zhang-ping",
        capacity=(
            "Consul General of the People’s Republic of China in Los Angeles",
            "中华人民共和国驻洛杉矶总领事",
        ),
        delivery=Remark.Delivery.IN_PERSON,
        source="consulate-2021",
        title=("Remarks by Consul General Zhang Ping", "张平总领事致辞"),
        summary=(
            "A look back on forty years, a tribute to three people, and a word on the next forty.",
            "回顾40年，致敬三位友人，展望下一个40年。",
        ),
        paragraphs=[
            (
                """
                He recalled how it began: on 8 December 1981 Mayor Liang Lingguang and Mayor Tom Bradley signed the
                agreement at Los Angeles City Hall. By then the two countries had diplomatic relations, and
                few of their large cities had come together before these two.
                """,
                """
                他回顾了这段情谊的开端：1981年12月8日，梁灵光市长与汤姆·布拉德利市长在洛杉矶市政厅签署协议。
                中美建交之后，两国大城市签署的友城协议中，这是最早的一批。
                """,
            ),
            (
                """
                He spoke of the fruits that the forty years had borne in trade and investment, in culture and
                education, and in visits from one city to the other.
                """,
                "他谈到40年来两市在贸易、投资、文化、教育和人员往来等方面结出的果实。",
            ),
            (
                "He named the tripartite alliance, in which Guangzhou and Los Angeles are joined with Auckland.",
                "他提到三城联盟：广州与洛杉矶由此又同奥克兰携手。",
            ),
            (
                "On climate, he pointed to the cooperation of the two cities under the C40 framework.",
                "关于气候，他提到两市在C40框架下的合作。",
            ),
            (
                """
                He remembered how the two cities had supported each other in the pandemic, and the video
                conferences that they had held on its control and prevention.
                """,
                "他谈到疫情期间两市相互支持，并就疫情防控举行视频会议。",
            ),
            (
                """
                He paid tribute to three people: Caroline Ahmanson, founder of the Los Angeles Sister City Committee
                and important in forging the bond; Katherine Whitman, who by his count had travelled to China more
                than 80 times; and Tom LaBonge, who had promoted sister-city programmes.
                """,
                """
                他向三位友人致敬：洛杉矶友好城市委员会创始人、为两市结好发挥重要作用的Caroline Ahmanson；
                据他所说赴华八十多次的Katherine Whitman；积极推动友城项目的Tom LaBonge。
                """,
            ),
            (
                "He spoke of people’s diplomacy.",
                "他谈到民间外交。",
            ),
            (
                """
                Sister provinces, states and cities of the two countries, by his count, made 283 pairs.
                """,
                "他提到，中美友好省州和友好城市共有283对。",
            ),
            (
                """
                He ended with what each of the two cities has that complements the other, and with the forty years
                to come.
                """,
                "最后，他谈到两市优势互补，并展望下一个40年。",
            ),
        ],
    ),
    Summary(
        slug="eric-garcetti-2021",
        event=RECEPTION_2021,
        speaker="eric-garcetti",
        capacity=("Mayor of Los Angeles", "洛杉矶市长"),
        delivery=Remark.Delivery.VIDEO,
        source="xinhua-2021",
        title=("Video message from Mayor Eric Garcetti", "Eric Garcetti市长视频致辞"),
        summary=(
            "On bonds that last, on what the cities exchange, and on help in 2020.",
            "谈持久的情谊、两市的交流，以及2020年的相互支持。",
        ),
        paragraphs=[
            (
                "The mayor described the bonds between the two cities as strong and lasting.",
                "市长表示，两市之间的情谊牢固而持久。",
            ),
            (
                "He spoke of what goes back and forth between them: goods, ideas and ways of doing things.",
                "他谈到，两市之间互通往来的，既有货物，也有理念与做法。",
            ),
            (
                "He recalled how the two cities had supported each other in 2020.",
                "他回顾了2020年两市的相互支持。",
            ),
        ],
    ),
    Summary(
        slug="qin-gang-2021",
        event=RECEPTION_2021,
        speaker="qin-gang",
        capacity=("Ambassador of China to the United States", "中国驻美国大使"),
        delivery=Remark.Delivery.LETTER,
        source="xinhua-2021",
        title=("Message from Ambassador Qin Gang", "秦刚大使书面致辞"),
        summary=(
            "On the economy after the epidemic, on climate, and on people meeting people.",
            "谈疫后经济合作、气候变化与民间交流。",
        ),
        paragraphs=[
            (
                "The ambassador wrote of economic cooperation after the epidemic.",
                "大使在书面致辞中谈到疫情之后的经济合作。",
            ),
            ("Climate change was his second subject.", "他也谈到气候变化。"),
            ("The third was exchange between the people of both sides.", "他还谈到双方的民间交流。"),
        ],
    ),
    Summary(
        slug="chen-jianhua-2014",
        event=SIGNING_2014,
        speaker="chen-jianhua",
        capacity=("Mayor of Guangzhou", "广州市市长"),
        delivery=Remark.Delivery.REPORTED,
        source="chinadaily-2014",
        title=("Chen Jianhua on the alliance", "陈建华谈三城经济联盟"),
        summary=(
            "What the alliance could bring to Guangzhou.",
            "谈联盟可为广州带来的益处。",
        ),
        paragraphs=[
            (
                """
                The mayor spoke of the benefits that he expected for Guangzhou: in innovation, in the training of
                talent, and in the protection of the environment.
                """,
                "市长谈到联盟可为广州带来的益处：创新、人才培养和环境保护。",
            ),
        ],
    ),
    Summary(
        slug="eric-garcetti-2014",
        event=SIGNING_2014,
        speaker="eric-garcetti",
        capacity=("Mayor of Los Angeles", "洛杉矶市长"),
        delivery=Remark.Delivery.REPORTED,
        source="chinadaily-2014",
        title=("Eric Garcetti on the alliance", "Eric Garcetti谈三城经济联盟"),
        summary=(
            "On technology and the quality of life, and on firms that serve environment and health.",
            "谈科技与生活质量，以及环保和医疗保健企业。",
        ),
        paragraphs=[
            (
                "The mayor spoke of raising the quality of life through technology.",
                "市长谈到以科技提升生活质量。",
            ),
            (
                "He named firms in environmental protection and in health care, and medical tours.",
                "他提到环保企业和医疗保健企业，也提到医疗旅游。",
            ),
        ],
    ),
    Summary(
        slug="len-brown-2014",
        event=SIGNING_2014,
        speaker="len-brown",
        capacity=("Mayor of Auckland", "奥克兰市长"),
        delivery=Remark.Delivery.REPORTED,
        source="chinadaily-2014",
        title=("Len Brown on the alliance", "Len Brown谈三城经济联盟"),
        summary=(
            "On capital, on know-how, and on looking beyond dairy goods.",
            "谈投资、技术，以及乳制品之外的往来。",
        ),
        paragraphs=[
            (
                "Capital from China and know-how from New Zealand were the mayor’s subjects.",
                "市长谈的是来自中国的投资和来自新西兰的技术。",
            ),
            (
                "He looked further than dairy goods.",
                "他的着眼点不止于乳制品。",
            ),
        ],
    ),
    Summary(
        slug="koro-dickinson-2014",
        event=SIGNING_2014,
        speaker="koro-dickinson",
        capacity=(
            "Adviser for global partnerships and strategy, Auckland Council",
            "奥克兰市议会全球合作与战略顾问",
        ),
        delivery=Remark.Delivery.REPORTED,
        source="chinadaily-2014",
        title=("Koro Dickinson on the alliance", "Koro Dickinson谈三城经济联盟"),
        summary=(
            "The first of its kind, and a model for others.",
            "首开先例，树立榜样。",
        ),
        paragraphs=[
            (
                "The adviser called the alliance the first of its kind between three cities anywhere.",
                "这位顾问称，三城经济联盟在全球三城合作中尚属首例。",
            ),
            (
                "It showed, in the adviser’s view, how the cities of this century can work together.",
                "在这位顾问看来，联盟可为本世纪的城市合作树立榜样。",
            ),
        ],
    ),
]

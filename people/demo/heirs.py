"""Those who carried the bonds on: the alliance of three cities and the anniversaries."""

from people.demo.portrait import Portrait, chinese, western
from sistercities.pages.demo.making import rests

HEIRS = [
    Portrait(
        slug="eric-garcetti",
        names=western("Eric", "Garcetti"),
        known_for=("Mayor of Los Angeles (2014, 2021)", "洛杉矶市长（2014年、2021年在任）"),
        summary=(
            "Mayor of Los Angeles when the alliance was signed and when the bond with Guangzhou turned forty.",
            "三城经济联盟缔结时、与广州结好40周年时，均任洛杉矶市长。",
        ),
        cites=rests(known_for=["chinadaily-2014", "xinhua-2021"], summary=["chinadaily-2014", "xinhua-2021"]),
        body=(
            """
            Eric Garcetti was Mayor of Los Angeles when the three cities signed their alliance in November 2014. He
            said then how technology can make city life better, and named firms that protect the environment or
            look after health.[^chinadaily-2014]

            He still held the office when the bond with Guangzhou turned forty, and sent the reception a video
            message.[^xinhua-2021] Another went to Auckland in July 2022, when the bond with that city turned
            fifty.[^ourauckland-2022]
            """,
            """
            2014年11月三城缔结经济联盟时，Eric Garcetti任洛杉矶市长。
            他谈到如何以科技提升生活质量，也提到环保企业和医疗保健企业[^chinadaily-2014]。

            洛杉矶与广州结好40周年时他仍在任，向招待会发来视频致辞[^xinhua-2021]。
            2022年7月，他又为奥克兰的50周年招待会发去视频致辞[^ourauckland-2022]。
            """,
        ),
    ),
    Portrait(
        slug="chen-jianhua",
        names=chinese("Chen Jianhua", ("陈", "建华")),
        known_for=("Mayor of Guangzhou (2014)", "广州市市长（2014年在任）"),
        summary=(
            "Mayor of Guangzhou when the alliance of three cities was signed there.",
            "三城在广州缔结经济联盟时，任广州市市长。",
        ),
        cites=rests(known_for=["chinadaily-2014"], summary=["chinadaily-2014"]),
        body=(
            """
            Chen Jianhua was Mayor of Guangzhou in November 2014, when his city saw the signing of the alliance
            with Auckland and Los Angeles. What he expected of it for Guangzhou were gains in innovation, in the
            training of talent and in environmental protection.[^chinadaily-2014]
            """,
            """
            2014年11月，广州、奥克兰、洛杉矶三城在广州缔结经济联盟，陈建华时任广州市市长。
            他期待联盟为广州带来创新、人才培养和环境保护等方面的收获[^chinadaily-2014]。
            """,
        ),
    ),
    Portrait(
        slug="len-brown",
        names=western("Len", "Brown"),
        known_for=("Mayor of Auckland (2014, 2016)", "奥克兰市长（2014年、2016年在任）"),
        summary=(
            "Mayor of Auckland at the signing of the alliance and at the summit in his own city.",
            "三城经济联盟缔结时、奥克兰峰会举行时，均任奥克兰市长。",
        ),
        cites=rests(known_for=["chinadaily-2014", "nzinc-2016"], summary=["chinadaily-2014", "nzinc-2016"]),
        body=(
            """
            Len Brown was Mayor of Auckland, the city that had proposed the alliance, when it was signed in
            November 2014. Capital from China and know-how from New Zealand were his subjects, and he looked
            further than dairy goods.[^chinadaily-2014]

            He was in office when the summit of the three cities came to Auckland in May 2016.[^nzinc-2016]
            """,
            """
            三城经济联盟由奥克兰倡议。2014年11月签约时，Len Brown任奥克兰市长，
            他谈的是来自中国的投资和来自新西兰的技术，着眼不止于乳制品[^chinadaily-2014]。

            2016年5月三城峰会在奥克兰举行时，他仍在任[^nzinc-2016]。
            """,
        ),
    ),
    Portrait(
        slug="koro-dickinson",
        names=western("Koro", "Dickinson"),
        known_for=(
            "Adviser for global partnerships and strategy, Auckland Council (2014)",
            "奥克兰市议会全球合作与战略顾问（2014年）",
        ),
        summary=(
            "Saw in the alliance the first of its kind between three cities anywhere.",
            "称三城经济联盟在全球三城合作中尚属首例。",
        ),
        cites=rests(known_for=["chinadaily-2014"], summary=["chinadaily-2014"]),
        body=(
            """
            Koro Dickinson advised Auckland Council on global partnerships and strategy in 2014, and called the
            alliance of that year the first of its kind between three cities anywhere, and a model for the way in
            which the cities of this century can work together.[^chinadaily-2014]

            The given name is spelt here as it is in the article.
            """,
            """
            2014年，Koro Dickinson任奥克兰市议会全球合作与战略顾问，称当年的联盟在全球三城合作中尚属首例，
            可为本世纪的城市合作树立榜样[^chinadaily-2014]。

            名字的拼写依所引报道。
            """,
        ),
    ),
    Portrait(
        slug="zhang-ping",
        names=chinese("Zhang Ping", ("张", "平")),
        known_for=("Consul General of China in Los Angeles (2021)", "中国驻洛杉矶总领事（2021年在任）"),
        summary=(
            "Spoke at the reception for the fortieth anniversary in 2021.",
            "2021年在40周年招待会上致辞。",
        ),
        cites=rests(known_for=["consulate-2021"], summary=["consulate-2021"]),
        body=(
            """
            Zhang Ping was Consul General of China in Los Angeles when Guangzhou and Los Angeles marked forty years.
            He spoke at the reception on 8 December 2021, and his remarks look back over all of that
            time.[^consulate-2021] Much of what this archive says about the bond rests on them.
            """,
            """
            广州与洛杉矶结好40周年时，张平任中国驻洛杉矶总领事。
            2021年12月8日，他在招待会上致辞，回顾了两市40年的往来[^consulate-2021]。
            本站关于两市情谊的记述，许多即以此为据。
            """,
        ),
    ),
    Portrait(
        slug="qin-gang",
        names=chinese("Qin Gang", ("秦", "刚")),
        known_for=("Ambassador of China to the United States (2021)", "中国驻美国大使（2021年在任）"),
        summary=(
            "Sent a written message to the reception for the fortieth anniversary in 2021.",
            "2021年向40周年招待会发来书面致辞。",
        ),
        cites=rests(known_for=["xinhua-2021"], summary=["xinhua-2021"]),
        body=(
            """
            Qin Gang was Ambassador of China to the United States in 2021. His written message to the anniversary
            reception of Guangzhou and Los Angeles dealt with economic cooperation after the epidemic, with climate
            change and with exchange between people.[^xinhua-2021]
            """,
            """
            2021年，秦刚任中国驻美国大使。他为广州与洛杉矶结好40周年招待会发来书面致辞，
            谈到疫情之后的经济合作、气候变化以及民间交流[^xinhua-2021]。
            """,
        ),
    ),
    Portrait(
        slug="phil-goff",
        names=western("Phil", "Goff"),
        known_for=("Mayor of Auckland (2019, 2022)", "奥克兰市长（2019年、2022年在任）"),
        summary=(
            "Mayor of Auckland at the meeting of the three cities in 2019 and at the golden anniversary of 2022.",
            "2019年三城会议、2022年50周年招待会举行时，均任奥克兰市长。",
        ),
        cites=rests(
            known_for=["eguangzhou-2019", "ourauckland-2022"],
            summary=["eguangzhou-2019", "ourauckland-2022"],
        ),
        body=(
            """
            Phil Goff was Mayor of Auckland when the three cities met there on 20 May 2019, and spoke at that
            meeting.[^eguangzhou-2019] In July 2022 he was at Auckland Town Hall in person for the reception that
            marked fifty years with Los Angeles.[^ourauckland-2022]
            """,
            """
            2019年5月20日三城会议在奥克兰举行，时任市长Phil Goff在会上讲话[^eguangzhou-2019]。
            2022年7月，奥克兰与洛杉矶结好50周年招待会在奥克兰市政厅举行，他到场致辞[^ourauckland-2022]。
            """,
        ),
    ),
    Portrait(
        slug="zhang-shuofu",
        names=chinese("Zhang Shuofu", ("张", "硕辅")),
        known_for=(
            "Secretary of the CPC Guangzhou Municipal Committee (2019)",
            "中共广州市委书记（2019年在任）",
        ),
        summary=(
            "Spoke at the meeting of the three cities in 2019.",
            "2019年在三城会议上讲话。",
        ),
        cites=rests(known_for=["eguangzhou-2019"], summary=["eguangzhou-2019"]),
        body=(
            """
            Zhang Shuofu was Secretary of the CPC Guangzhou Municipal Committee in 2019, and spoke at the meeting
            of the three cities in Auckland on 20 May of that year.[^eguangzhou-2019]
            """,
            """
            2019年，张硕辅任中共广州市委书记。同年5月20日，三城会议在奥克兰举行，张硕辅在会上讲话[^eguangzhou-2019]。
            """,
        ),
    ),
    Portrait(
        slug="wang-dong",
        names=chinese("Wang Dong"),
        known_for=("Vice Mayor of Guangzhou (2016)", "广州市副市长（2016年在任）"),
        summary=(
            "Vice Mayor of Guangzhou at the time of the Auckland summit of 2016.",
            "2016年奥克兰峰会举行时，任广州市副市长。",
        ),
        cites=rests(known_for=["nzinc-2016"], summary=["nzinc-2016"]),
        body=(
            """
            Wang Dong was Vice Mayor of Guangzhou in 2016, according to an overview of that year’s summit of the
            three cities in Auckland.[^nzinc-2016] The source gives the name in Latin letters only, so it stands that
            way here.
            """,
            """
            据2016年奥克兰三城峰会的一份概览，Wang Dong当时任广州市副市长[^nzinc-2016]。
            该资料只载姓名的拼音写法，此处照录。
            """,
        ),
    ),
]

"""The standing pages: what this site is, who answers for it, how it is reached, and where to read on."""

from sistercities.pages.demo.making import Both
from sistercities.pages.demo.privacy import PRIVACY

ABOUT: dict[str, Both] = {
    "title": ("About this site", "关于本站"),
    "summary": (
        """
        This site is a demonstration, written from published reports. The association whose name it bears has
        neither written nor approved it.
        """,
        "本站为示范网站，依据公开报道撰写，并非出自所列协会之手，也未经其认可。",
    ),
    "body": (
        """
        This site keeps what sister cities have in common: what they signed and when, the people who made it
        happen, what was said, and the receptions at which they meet again. Its example is the bond of Los
        Angeles and Guangzhou, and with it that of Auckland, the third city of their alliance.

        ## A demonstration

        The pages were written to show how such a site can work. They retell published reports in new words.
        No association, city or consulate has written or approved them, and the association whose name stands
        at the top has no part in them. One event, the coming anniversary
        reception, is made up, and its page says so.

        Remarks are given as summaries, in reported speech. They keep to what the sources say was said, and put
        words into nobody’s mouth.

        ## Where the facts come from

        A small number after a statement leads to a source that says so, and every source has a page of its own
        that lists what rests on it. Where sources disagree, both are shown and neither is smoothed away. Where
        a source gives only a month or a year, the date here is no finer. Positions are those of the cities on
        any map; distances, bearings and the years since a date are computed.

        What no source tells is left out. An agreement whose signatories are not named has none here, and a person
        whose name we have not found in Chinese characters keeps it in Latin letters. Where a source names somebody
        in office in one year and says no more, that year is given, and no term is made of it. Who held which office
        on a given day follows from these dates; where they are not exact enough, the page says “perhaps”.

        What is counted is what this archive holds. That nothing is on record of a bond since some year does not
        mean that nothing happened between its cities, and there may have been gatherings that are not listed here.

        ## Two languages

        Every text stands in English and in Chinese, each written for its own readers. Names keep their script
        and their order. The Chinese titles of English sources are translations made for this site. A Wade–Giles
        spelling follows from the rules of that system; it is not quoted from a document.

        ## Corrections

        A link near the end of each page, “Something wrong? Tell us”, leads to a short form: what is wrong, how it
        should read, and how you know. Nobody has to give a name. What proves wrong is put right, with its source,
        and what the sources dispute is shown as disputed. In this demonstration no association stands behind the
        form: what you write reaches only whoever runs this copy of the site.
        """,
        """
        本站记录友好城市共同的往事：何时签署了什么，由哪些人促成，席间讲过什么话，
        又在哪些招待会上一次次重聚。这里以洛杉矶与广州的情谊为例，也写到三城联盟的另一方奥克兰。

        ## 示范内容

        这些页面旨在展示此类网站可以如何运作，内容依据公开报道重新撰写，
        并非出自任何协会、城市或领事馆之手，也未经其认可；页首所列协会与本站无关。其中即将举行的周年招待会为虚构，页面上已注明。

        致辞一律以摘要呈现：依据资料转述讲话大意，不替任何人编造言辞。

        ## 事实从何而来

        语句后的小号数字指向资料来源；每份资料都有自己的页面，列出以它为据的内容。
        资料说法不一时，两说并列，不作取舍。资料只写到年或月的，这里的日期也只写到年或月。
        经纬度取自地图；距离、方位和周年数由本站推算。

        资料没有提到的，本站不作补充：资料未载明签署人的协议，这里便不列签署人；
        汉字姓名尚未查到的人物，这里保留其姓名的拉丁字母写法；资料只提到某人某年在任的，这里只写该年，不推断任期。
        某日由谁任职，依所载日期推算；日期不够确切的，注明“可能”。

        各项数字只计本站所收录的内容。某项关系自某年之后未见往来记录，并不表示两市之间没有往来；
        三城聚会也可能另有未收录的。

        ## 两种语言

        每篇文字都有中英两种版本，分别为各自的读者而写。人名保留原有的文字与次序。
        英文资料的中文标题由本站翻译。威妥玛拼音依该系统的规则拼写，并非引自某份文献。

        ## 勘误

        各页末尾有“内容有误？请告诉我们”，点开是一张简短的表单：哪里有误，应当怎样，依据是什么；不必留下姓名。
        确有错误的，依据来源予以更正；来源说法不一的，如实并列。
        本站仅作示范，表单背后并无协会，所填内容只有运行本站的人看得到。
        """,
    ),
}

CONTACT: dict[str, Both] = {
    "title": ("Contact", "联系我们"),
    "summary": (
        "A message by the form below reaches whoever runs this copy of the demonstration.",
        "通过下方表单来信，由运行本示范网站的人收阅。",
    ),
    "body": (
        """
        The site is a demonstration, and no association stands behind it: it has no postal address and no telephone
        number. What you write below goes by mail to whoever runs this copy of it, and to nobody else.

        To answer an invitation, use the RSVP on the page of the event. To change an answer, use the personal
        link in the mail that confirmed it.

        To say that something is wrong, use the link “Something wrong? Tell us” near the end of the page in question;
        the small numbers in the text show on what a statement rests today.
        """,
        """
        本站是示范网站，背后并无协会，也没有通信地址和电话。您在下方所写的内容，会以邮件发给运行本站的人，不会发给其他任何人。

        回复邀请，请到活动页面填写；更改回复，请使用确认邮件中的专属链接。

        指出错误，请点开有关页面末尾的“内容有误？请告诉我们”；正文中的小号数字标明了语句目前的依据。
        """,
    ),
}

IMPRINT: dict[str, Both] = {
    "title": ("Legal notice", "法律声明"),
    "summary": (
        "Who answers for this site, and on what terms its texts and pictures may be used.",
        "本站由谁负责，文字与图片可在何种条件下使用。",
    ),
    "body": (
        """
        ## Who answers for this site

        Whoever runs this copy of it. It is a demonstration: the association whose name stands at the top neither
        publishes nor approves it, and no city, consulate or other body does. The form on the contact page reaches
        whoever runs it.

        ## Texts and pictures

        The texts were written for this site from published reports, which are named as sources and belong to those who
        published them. They are part of the program of the site and may be used on its terms, the BSD licence. For
        pictures, credit and licence stand beside each of them. The outlines of the continents are drawn from Natural
        Earth, which is in the public domain.

        ## Correctness

        Every statement names its source, so that you can judge it yourself. What proves wrong is put right: use the
        link “Something wrong? Tell us” near the end of the page. For what stands on other sites to which we link,
        their publishers answer.
        """,
        """
        ## 本站由谁负责

        由运行本站的人负责。本站是示范网站，并非由页首所列协会发布，也未经其认可；任何城市、领事馆或其他机构亦然。
        通过联系页面上的表单，可以联系到运行本站的人。

        ## 文字与图片

        文字依据公开报道为本站撰写；各报道均列为来源，权利属于其发布者。
        这些文字是本站程序的一部分，可按程序的许可条款（BSD许可证）使用。
        图片的署名和许可写在图片旁。大陆轮廓依据公有领域的Natural Earth数据绘制。

        ## 内容是否正确

        每处陈述都标明来源，读者可以自行判断。确有错误的，予以更正：请使用该页末尾的“内容有误？请告诉我们”。
        本站所链接的其他网站，内容由各自的发布者负责。
        """,
    ),
}

LINKS: dict[str, Both] = {
    "title": ("Links", "相关链接"),
    "summary": (
        "Where to read on about the cities and their bonds.",
        "有关各城市及其友好关系的更多资料。",
    ),
    "body": (
        """
        - [Los Angeles-Guangzhou Sister City Association](http://lagsca.org/), the association’s own site
        - [Guangzhou Municipal Government](https://www.gz.gov.cn), with the list of Guangzhou’s sister cities
        - [OurAuckland](https://ourauckland.aucklandcouncil.govt.nz/), news of Auckland Council

        All that was read for these pages is listed under [Sources](/en/sources/).
        """,
        """
        - [洛杉矶—广州友好城市协会](http://lagsca.org/)：协会自己的网站（英文）
        - [广州市人民政府](https://www.gz.gov.cn)：载有广州友好城市名单
        - [奥克兰市议会新闻网OurAuckland](https://ourauckland.aucklandcouncil.govt.nz/)（英文）

        撰写本站所依据的资料，全部列于[资料来源](/zh-hans/sources/)。
        """,
    ),
}

STANDING: dict[str, dict[str, Both]] = {
    "about": ABOUT,
    "privacy": PRIVACY,
    "contact": CONTACT,
    "imprint": IMPRINT,
    "links": LINKS,
}

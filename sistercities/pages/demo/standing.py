"""The standing pages: what this site is, what it keeps about its guests, and how it would be reached."""

from sistercities.pages.demo.making import Both

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

PRIVACY: dict[str, Both] = {
    "title": ("Privacy", "隐私说明"),
    "summary": (
        "What is kept about readers, guests and members, why, and for how long.",
        "关于读者、来宾和会员，本站保存什么、为何保存、保存多久。",
    ),
    "body": (
        """
        ## Reading

        Reading leaves nothing behind: no account, no cookie, no tracking, and nothing is loaded from other
        sites. A cookie is set only when a form is shown, to guard against forged answers, and when you sign
        in, to remember that you did.

        ## Answering an invitation

        With an answer we keep what you type: your name, your e-mail address, the number of
        seats, the names of those who come with you, and your message. We also keep the language in which you
        answered and when the answer was made or changed, so that a waiting list stays fair.

        It serves one purpose, to run that reception: to confirm seats, to write to you about it, and to
        receive you at the door. Only the staff of the association see it. It is not published, sold, or used
        for anything else.

        You can change or withdraw your answer through the personal link in your mail. Withdrawing gives the
        seats back; the record that you had answered stays with the event. This version deletes no answer by
        itself: answers, and the record of the mails sent about them, stay until the association removes them.

        ## Asking for a correction

        When you tell us that something is wrong, we keep what you write, the page it is about, the language and the
        time; whether the page is about you or your family, if you say so; and your name and e-mail address only if
        you give them. Only staff read it. If you leave an address, a note of thanks goes there at once, and our
        answer later.

        The request is deleted a year after it has been dealt with. Of the mails there remains only that they were
        sent, when and to which address, without their text. So that nobody floods the form, we count for an hour how
        often a network address sends it; the address itself is not kept.

        ## Members

        Of members we keep the e-mail address, the name, the preferred language and time zone, and the dates of
        membership. Passwords are stored only in a form from which they cannot be read back. Of staff we also keep
        who changed which page, and when.

        ## Previews

        Staff can show a page before it is published, by a secret link that ends after some days. We keep who made the
        link, for whom it was meant, if they noted it, and until when it works; not who opened it.

        ## People in the archive

        Pages about people contain what published sources say of their public part in the bonds of the cities:
        the offices they held, what they signed, said or founded, and where they took part. Nothing is told of
        their private lives. Of somebody who may be living, no more than the year of birth is shown.

        If a page is about you or your family and something in it is wrong or should not be public, say so on its
        form for corrections.
        """,
        """
        ## 浏览

        浏览本站无需账户，不设Cookie，不作跟踪，也不从其他网站加载任何内容。
        只有在显示表单时，为防止伪造提交，以及在您登录后，为记住登录状态，才会使用Cookie。

        ## 回复邀请

        您回复时，我们保存您填写的内容：姓名、电子邮箱、席位数、同行者姓名和留言。
        我们也保存您回复时所用的语言，以及回复提交和更改的时间，使候补名单公平有序。

        这些信息只有一个用途，就是办好那一场招待会：确认席位、就此与您联系、当天在门口迎接您。
        只有协会工作人员可以查看。我们不公开、不出售，也不作他用。

        您可以通过邮件中的专属链接更改或撤回回复。撤回后席位随即释放，但曾经回复的记录仍随活动保留。
        目前的版本不会自动删除回复：回复及相关邮件的发送记录会一直保存，直到协会将其清除。

        ## 提出更正

        您指出内容有误时，我们保存您所写的内容、所指的页面、所用语言和提交时间；您若注明此页写的是您本人或家人，也一并保存；
        姓名和电子邮箱则只在您填写时保存。只有工作人员可以查看。您若留下邮箱，会立即收到一封致谢信，随后再收到答复。

        更正请求在处理完毕一年后删除。相关邮件只留下发送记录，即何时发往哪个邮箱，不含正文。
        为防止有人反复提交，我们会在一小时内统计同一网络地址的提交次数，但不保存该地址本身。

        ## 会员

        关于会员，我们保存电子邮箱、姓名、所选语言与时区，以及入会和到期日期。
        密码只以无法还原的形式保存。对工作人员，我们还记录何人何时改动了哪个页面。

        ## 预览

        页面发布之前，工作人员可用一条保密链接请人先行阅读，链接数日后失效。
        我们保存链接由谁创建、供谁使用（如有注明）以及有效期限，不记录谁打开过。

        ## 本站收录的人物

        人物页面只写公开资料所载的、与城市友好往来有关的公开事迹：担任过什么职务，签署过、讲过、创办过什么，参加过哪些活动；
        不涉及私人生活。对可能在世的人，至多显示出生年份。

        如果某页写的是您本人或您的家人，而其中有误或有不宜公开之处，请在该页的更正表单中告诉我们。
        """,
    ),
}

CONTACT: dict[str, Both] = {
    "title": ("Contact", "联系我们"),
    "summary": (
        "This demonstration has no mailbox; here an association would say how it can be reached.",
        "本示范网站不设联系渠道；协会正式使用时，可在这里说明联系方式。",
    ),
    "body": (
        """
        Nobody can be reached here. The site is a demonstration without a mailbox: no postal address, no
        telephone number and no e-mail address. An association that uses the site
        would give its own addresses on this page.

        To answer an invitation, use the RSVP on the page of the event. To change an answer, use the personal
        link in the mail that confirmed it.

        To say that something is wrong, use the link “Something wrong? Tell us” near the end of the page in question;
        the small numbers in the text show on what a statement rests today. In this demonstration the form works, but no
        association stands behind it.
        """,
        """
        这里联系不到任何人。本站是示范网站，没有通信地址、电话和电子邮箱；
        协会正式使用时，可在这里填写自己的联系方式。

        回复邀请，请到活动页面填写；更改回复，请使用确认邮件中的专属链接。

        指出错误，请点开有关页面末尾的“内容有误？请告诉我们”；正文中的小号数字标明了语句目前的依据。
        在本示范网站上，表单可以提交，但背后并无协会受理。
        """,
    ),
}

STANDING: dict[str, dict[str, Both]] = {"about": ABOUT, "privacy": PRIVACY, "contact": CONTACT}

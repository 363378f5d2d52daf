"""The standing page on privacy: what this site keeps about its readers, guests and members. See docs/privacy.md."""

from sistercities.pages.demo.making import Both

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
        seats back; the record that you had answered stays with the event. On the same page, under “My data”, you see
        all that is kept with your answer, take it home as a file, or erase it: your name, your address, your words, the
        names of your companions and the mails about it go at once, and only the number of seats and the dates are
        left. Where an event asks you to verify your address, an answer that was not verified within 24 hours is
        deleted.

        Nothing of it is kept for good. What you tell us of food or access is deleted two weeks after the event; a year
        after it everything goes that names you. The hosts of an event may set other periods: at most three months for
        the one, 30 days to five years for the other. Mails are remembered for three months.

        Where the hosts invite you personally, they give us your name and address, perhaps your title and organisation;
        that goes with the answers.

        Whoever names the people of a delegation gives us their names for the same purpose; of whoever names them we
        keep the name, the e-mail address and the language.

        The mails that we send about it go to the address that was typed into the form, and anybody can type
        anybody’s. So they repeat nothing that was typed, not even your name, unless you are signed in, were invited
        at that address, or gave your answer to our staff.

        ## Asking for a correction

        When you tell us that something is wrong, we keep what you write, the page it is about, the language and the
        time; whether the page is about you or your family, if you say so; and your name and e-mail address only if
        you give them. Only staff read it. If you leave an address, a note of thanks goes there at once, and our
        answer later.

        The request is deleted a year after it has been dealt with. Of the mails there remains only that they were
        sent, when and to which address, without their text. So that nobody floods the form, we count for an hour how
        often a network address sends it; the address itself is not kept.

        ## Writing to us

        With a message by the contact form we keep your name, your e-mail address, what it is about, what you write,
        the language and the time. Only staff read it. Nothing is sent to the address that you give until somebody
        answers you, for it could be anybody’s. The message is deleted a year after it has been dealt with. Against
        floods we count as above.

        ## The newsletter

        If you ask for the newsletter, we keep your e-mail address, the language, when you asked and when you confirmed.
        First a mail goes to the address with a link; until you confirm by it, nothing else is sent there, and after
        two weeks an address that was not confirmed is forgotten. Every newsletter has a link by which you leave at
        once; a month later your address is deleted. We note when a mail comes back; not whether or when you read
        one, and our links do not tell us who followed them. So that nobody is pestered with that first mail, we count
        for a year at most how many went to an address, which is kept as a hash.

        ## Searching and sharing

        What you search for is not kept. “Share” uses your own means alone: a link to copy, your mail program, a code
        for your telephone, your printer. Nobody else learns of it, and neither do we.

        ## Pictures

        A photograph that we are given is stripped of what the camera noted, the place above all, before it is shown.
        The file itself is kept apart, where only staff can reach it. If you are in a picture and do not wish to be
        seen, use the form for corrections on its page.

        ## Members

        Of members we keep the e-mail addresses, the name, the preferred language and time zone, the kind and dates of
        membership, the companions whom they have us remember, and on which devices they are signed in. Passwords are
        stored only in a form from which they cannot be read back. Of staff we also keep who changed which page, and
        when.

        “My data” on your own page shows what is kept about you, gives you all of it as a file, and erases it when you
        wish. It says before what goes and what stays: the number of seats that you took, without your name, and what
        the archive tells of your public part.

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
        在同一页的“我的资料”中，您可以查看随回复保存的全部内容，下载为文件，或将其清除：姓名、邮箱、所写内容、
        同行者姓名和相关邮件即时删除，只留下席位数和日期。活动要求验证邮箱的，24小时内未经验证的回复即予删除。

        这些信息都不会永久保存。有关饮食或无障碍需求的内容在活动结束两周后删除；一年后，一切可辨认您的信息均予清除。
        主办方可以另定期限：前者至多三个月，后者为30天至五年。邮件发送记录保留三个月。

        主办方专函邀请您时，会向我们提供您的姓名和邮箱，可能还有称谓和所属机构；这些信息随回复一并清除。

        为代表团填报名单者，所提供的成员姓名用途相同；对填报人，我们保存其姓名、电子邮箱和所用语言。

        有关邮件发往表单中填写的邮箱，而任何人都可能填写他人的邮箱。因此，除非您已登录、该邮箱曾收到我们的邀请，
        或您的回复由工作人员代为登记，邮件中不会重复所填的任何内容，包括您的姓名。

        ## 提出更正

        您指出内容有误时，我们保存您所写的内容、所指的页面、所用语言和提交时间；您若注明此页写的是您本人或家人，也一并保存；
        姓名和电子邮箱则只在您填写时保存。只有工作人员可以查看。您若留下邮箱，会立即收到一封致谢信，随后再收到答复。

        更正请求在处理完毕一年后删除。相关邮件只留下发送记录，即何时发往哪个邮箱，不含正文。
        为防止有人反复提交，我们会在一小时内统计同一网络地址的提交次数，但不保存该地址本身。

        ## 写信给我们

        您通过联系表单来信时，我们保存您的姓名、电子邮箱、来信事由、所写内容、所用语言和提交时间，只有工作人员可以查看。
        所填邮箱可能属于任何人，因此在有人答复您之前，不会向其发送任何邮件。
        来信在处理完毕一年后删除。为防止有人反复提交，统计方法同上。

        ## 通讯

        您订阅通讯时，我们保存您的电子邮箱、所选语言，以及提出订阅和确认订阅的时间。
        我们先向该邮箱发送一封附有链接的邮件；在您点击链接确认之前，不会再发送其他内容，两周后仍未确认的，邮箱地址即予删除。
        每期通讯都附有退订链接，退订立即生效，您的邮箱地址在一个月后删除。
        邮件被退回时我们会记录下来；您是否阅读、何时阅读，我们不作记录，链接也不会让我们知道是谁点开的。
        为免有人以确认邮件骚扰他人，我们统计发往同一邮箱的次数，至多保留一年；邮箱地址只以散列值保存。

        ## 搜索与分享

        您搜索的内容不会保存。“分享”只使用您自己的工具：可复制的链接、您的邮件程序、供手机扫描的二维码、您的打印机。
        没有其他人会知道，我们也不知道。

        ## 图片

        收到的照片在展示之前会去除相机记录的信息，尤其是拍摄地点；原始文件另行存放，只有工作人员可以取用。
        如果照片中有您，而您不希望公开，请使用该页的更正表单。

        ## 会员

        关于会员，我们保存电子邮箱、姓名、所选语言与时区、会籍种类及起止日期、您要我们记住的同行者，以及您在哪些设备上登录。
        密码只以无法还原的形式保存。对工作人员，我们还记录何人何时改动了哪个页面。

        在您个人页面的“我的资料”中，可以查看本站保存的有关您的资料，下载全部内容，或将其清除。
        清除之前会说明哪些内容清除、哪些保留：保留的是不含姓名的席位数，以及档案中有关您公开活动的记述。

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

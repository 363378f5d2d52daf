"""The next anniversary reception of Guangzhou and Los Angeles: made up, and its page says so."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.demo.gatherings import PAIR
from events.models import Event, ProgrammeItem, Question, RsvpPolicy, TeamMember
from events.planner import EVENING, plan
from people.demo.sign_ins import HOST
from people.models import Member
from relationships.anniversaries import Anniversary, next_anniversary
from relationships.models import Relationship
from sistercities.pages.demo.making import Both, Say, cite, columns, make
from sistercities.pages.models import Status
from sistercities.pages.publishing import refresh
from sistercities.pages.text import marks

ZONE = ZoneInfo("America/Los_Angeles")
NOTICE_NEEDED = timedelta(days=1)
SEATS, LARGEST_PARTY = 120, 4


def load_reception(say: Say) -> None:
    """Invite to the anniversary that comes next, unless that has been done; answers to it are left alone."""
    bond = Relationship.objects.get(slug=PAIR)
    coming = coming_anniversary(bond, timezone.now())
    if coming is None or coming.day is None:
        return
    # The staff's own planner makes it, after the reception of 2021; what an example needs beside that follows here.
    event, new = plan(bond, coming.years)
    if not new:
        return
    known = columns(
        **texts(coming.years),
        dress_code=("Business attire", "正装"),
        spoken=("English and Mandarin, with interpretation", "英语、普通话，配有口译"),
    )
    for name, value in {"is_illustration": True, "status": Status.PUBLISHED, **known}.items():
        setattr(event, name, value)
    event.full_clean()
    event.save()
    _furnish(event, coming.years)
    say(f"An illustrative reception on {event.held} made.")


def coming_anniversary(bond: Relationship, now: datetime) -> Anniversary | None:
    """The next anniversary whose evening is still at least a day away."""
    earliest = now.astimezone(ZONE) + NOTICE_NEEDED
    too_late_that_day = earliest.time() > EVENING
    if not bond.established:
        return None
    return next_anniversary(bond.established, earliest.date() + timedelta(days=too_late_that_day))


def _furnish(event: Event, years: int) -> None:
    cite(event, sorted(marks(event.body_en)))
    for position, (at, title) in enumerate(programme(years)):
        make(ProgrammeItem, event=event, position=position, at=at, **columns(title=title))
    make(
        RsvpPolicy,
        event=event,
        mode=RsvpPolicy.Mode.OPEN,
        seat_limit=SEATS,
        largest_party=LARGEST_PARTY,
        waiting_list=True,
        asks_interpretation=True,
        guest_list=True,
    )
    _ask(event)
    for host in Member.objects.at(HOST):
        make(TeamMember, event=event, member=host, duty=TeamMember.Duty.HOST)
    refresh(event)


def _ask(event: Event) -> None:
    """What hosts usually want to know beforehand; the last question follows from the one before it."""
    food = ("Is there anything you do not eat, or cannot?", "您有什么忌口或食物过敏吗？")
    access = ("How can we make it easier for you to come?", "出席活动时，您需要我们提供哪些便利？")
    examples = (
        "Such as step-free ways, a seat near the front, a hearing loop.",
        "例如无障碍通道、前排座位、助听设备。",
    )
    scope, kind = Question.Scope, Question.Kind
    make(Question, event=event, position=0, scope=scope.GUEST, is_sensitive=True, **columns(label=food))
    make(
        Question,
        event=event,
        position=1,
        kind=kind.LONG,
        is_sensitive=True,
        **columns(label=access, help=examples),
    )
    parking = ("Will you come by car and need a place to park?", "您是否自驾前来并需要停车位？")
    cars = make(Question, event=event, position=2, kind=kind.YES_NO, **columns(label=parking))
    plate = ("For how many cars?", "需要几个车位？")
    make(Question, event=event, position=3, depends_on=cars, **columns(label=plate))


def programme(years: int) -> list[tuple[time, Both]]:
    """What could happen on such an evening, without the name of anybody."""
    return [
        (time(18, 30), ("Doors open; name badges in both languages", "来宾入场，领取双语胸卡")),
        (time(19, 0), ("Welcome in English and Chinese", "中英双语欢迎辞")),
        (time(19, 15), ("Dinner", "晚宴")),
        (time(20, 0), (f"{years} years in pictures", f"{years}年影像回顾")),
        (time(20, 20), ("Music from both cities", "来自两座城市的音乐")),
        (time(20, 45), ("A toast to the years to come", "举杯，敬未来")),
    ]


def texts(years: int) -> dict[str, Both]:
    return {
        "summary": (
            f"""
            An example: an evening in Los Angeles, {years} years to the day after Guangzhou and Los Angeles became
            sister cities.
            """,
            f"示范活动：广州与洛杉矶缔结友好城市关系{years}周年当晚，在洛杉矶举行招待会。",
        ),
        "body": (
            f"""
            **This reception is an example.** It was made up to show how an invitation, the answers to it and
            a waiting list work. Nobody will be at the door.

            What is true in it is the anniversary: on this day Guangzhou and Los Angeles will have been sister
            cities for {years} years.[^consulate-2021] The hotel is that of the reception of 2021;[^xinhua-2021] it
            is named as an example and has no part in this.

            You are welcome to try: answer alone or bring up to three others, change your mind, withdraw. A
            made-up name will do.
            """,
            f"""
            **本次招待会仅作示范**，内容为虚构，用来展示邀请、回复和候补名单如何运作，届时现场并无活动。

            真实的是这个周年：到这一天，广州与洛杉矶结为友好城市满{years}年[^consulate-2021]。
            地点沿用2021年招待会的酒店[^xinhua-2021]；借用酒店名称仅为举例，与该酒店无关。

            欢迎试用：可以独自参加，也可以携至多三位同行者；可以更改，也可以撤回。填写虚构的姓名即可。
            """,
        ),
    }

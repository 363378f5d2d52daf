"""The columns of a list of answers to an event, and how their cells are read."""

import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Rsvp
from sistercities.intake.kinds import NEVER, Column
from sistercities.intake.readers import (
    a_language,
    a_number,
    a_yes,
    an_address,
    by_words,
    in_choices,
    of_field,
)
from sistercities.pages.forms_for_strangers import NameField, RunningText
from sistercities.tables.cells import bare, clean_list

LARGEST = 999
YES = "coming,comes,will come,accepts,accepted,confirmed,attending,出席,参加,会来,确认"
NO = "not coming,cannot come,declines,declined,regrets,不出席,不参加,不能出席,无法出席,缺席,婉拒"
ANSWERS = {bare(word): said for words, said in ((YES, True), (NO, False)) for word in words.split(",")}
HEARD = [choice for choice in Rsvp.Source.choices if choice[0] != Rsvp.Source.WEB]
_BETWEEN = re.compile(r"[;；、\n]")


def a_name(text: str) -> str:
    name: str = NameField().clean(text)
    return name


def names(text: str) -> tuple[str, ...]:
    return tuple(a_name(name) for name in clean_list(_BETWEEN.split(text)))


def words(text: str) -> tuple[str, ...]:
    return tuple(clean_list(_BETWEEN.split(text)))


def an_answer(text: str) -> bool:
    known = ANSWERS.get(bare(text))
    return a_yes(text) if known is None else known


def some_seats(text: str) -> int:
    seats = a_number(text)
    if seats > LARGEST:
        raise ValidationError(_("“%(text)s” is no number of guests.") % {"text": text})
    return seats


def a_message(text: str) -> str:
    message: str = RunningText(max_length=2000).clean(text)
    return message


def listed(values: Iterable[str] | None) -> str:
    return "; ".join(values or ())


def columns() -> Sequence[Column]:
    asked = gettext_lazy("Separate several by semicolons.")
    return [
        Column(
            "name",
            gettext_lazy("name"),
            "name,guest,guest name,full name,party,姓名,名字,来宾,嘉宾,来宾姓名",
            a_name,
            required=True,
            empty=NEVER,
        ),
        of_field(
            Rsvp,
            "email",
            "e-mail,email,mail,email address,邮箱,电子邮箱,电子邮件,邮件",
            read=an_address,
            is_beside=True,
        ),
        Column(
            "answer",
            gettext_lazy("comes"),
            "comes,coming,answer,reply,rsvp,出席,是否出席,回复,参加",
            an_answer,
            help=gettext_lazy("Yes or no. Empty: whoever has seats comes."),
            empty=NEVER,
        ),
        Column(
            "seats",
            gettext_lazy("seats"),
            "seats,guests,party size,number of guests,人数,名额,席位",
            some_seats,
            lambda value: value or "",
            help=gettext_lazy("The whole party, the guest included. Empty: one."),
            empty=NEVER,
        ),
        Column(
            "companions",
            gettext_lazy("companions"),
            "companions,accompanied by,with,同行,同行人,随行,陪同",
            names,
            listed,
            help=asked,
            empty=(),
        ),
        of_field(Rsvp, "language", "language,语言,语种", read=a_language),
        Column("message", gettext_lazy("message"), "message,remark,留言,附言", a_message),
        of_field(Rsvp, "takes_any", "takes any seat,takes any,任何席位,有空位即可"),
        Column("tags", gettext_lazy("tags"), "tags,tag,标签", words, listed, help=asked, empty=()),
        Column(
            "source",
            gettext_lazy("How it reached you"),
            "how it reached you,how it reached us,source,by,来源,回复方式,途径",
            by_words(HEARD),
            lambda value: in_choices(HEARD, value),
            help=gettext_lazy("By phone, by letter, by e-mail or in person. Empty: by phone."),
            empty=NEVER,
            is_beside=True,
            is_empty_now=True,
        ),
    ]

"""The letters of accounts: the code to sign in, the code for another address, a new password, and what has changed.

The pages ask for them; the worker writes them, and only then finds out to whom it writes: the pages treat every address
alike.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import signing_in
from people.models import Member, RoleName
from people.signing_in import code_of, member_at, new_word
from sistercities.mail import outbox
from sistercities.mail.kinds import Letter, Overtaken, keeps_nothing, named, renders, urgent
from sistercities.mail.models import Message
from sistercities.pages.bilingual import html_language

ADDED, NEW_DEVICE = "account/email/address_added", "account/email/new_device"
ROLE_GIVEN, ROLE_ENDED = "account/email/role_given", "account/email/role_ended"
ADDRESS_CODE, NEW_PASSWORD = "account_address_code", "account_new_password"
# What the sign-in library calls its mails, and what ours are called.
KINDS = {
    "email_confirmation": ADDRESS_CODE,
    "email_confirmation_signup": ADDRESS_CODE,
    "account_already_exists": "account_address_taken",
    "address_added": "account_address_added",
    "email_changed": "account_main_address",
    "email_deleted": "account_address_gone",
    "password_set": "account_password_set",
    "password_changed": "account_password_changed",
    "password_reset": "account_password_changed",
    "webauthn_added": "account_passkey_added",
    "webauthn_removed": "account_passkey_gone",
    "totp_activated": "account_app_added",
    "totp_deactivated": "account_app_gone",
    "recovery_codes_generated": "account_recovery_codes",
    "new_device": "account_new_device",
    "role_given": "account_role_given",
    "role_ended": "account_role_ended",
}
# Subject, and what it says.
NOTICES = {
    "account_address_taken": (
        gettext_lazy("This address has an account already"),
        gettext_lazy(
            "Somebody, perhaps you, wished to add this address to another account. It has one of its own."
        ),
    ),
    "account_address_added": (
        gettext_lazy("An address was added to your account"),
        gettext_lazy("With %(address)s one can sign in to your account from now on."),
    ),
    "account_main_address": (
        gettext_lazy("Your main address has changed"),
        gettext_lazy("From now on we write to %(to_email)s, and no more to %(from_email)s."),
    ),
    "account_address_gone": (
        gettext_lazy("An address was taken out of your account"),
        gettext_lazy("With %(deleted_email)s nobody can sign in to your account any more."),
    ),
    "account_password_set": (
        gettext_lazy("Your account has a password now"),
        gettext_lazy("With it, and with a code by e-mail as before, you sign in."),
    ),
    "account_password_changed": (
        gettext_lazy("Your password has changed"),
        gettext_lazy("The former one opens your account no longer."),
    ),
    "account_passkey_added": (
        gettext_lazy("A passkey was added to your account"),
        gettext_lazy("With it one can sign in to your account from now on, without a code."),
    ),
    "account_passkey_gone": (
        gettext_lazy("A passkey was taken out of your account"),
        gettext_lazy("It opens your account no longer. A code by e-mail does, as before."),
    ),
    "account_app_added": (
        gettext_lazy("Your account asks for a code of your app now"),
        gettext_lazy(
            "Beside a code by e-mail or a password, signing in takes a code of your app from now on."
        ),
    ),
    "account_app_gone": (
        gettext_lazy("Your account asks for no code of an app any more"),
        gettext_lazy("The app was taken out of your account."),
    ),
    "account_recovery_codes": (
        gettext_lazy("Your account has new recovery codes"),
        gettext_lazy("The former ones are worthless."),
    ),
    "account_new_device": (
        gettext_lazy("Somebody signed in with your password on a new device"),
        gettext_lazy("The device: %(device)s."),
    ),
    "account_role_given": (
        gettext_lazy("You have a role among our staff"),
        gettext_lazy(
            "Your role: %(role)s. Sign in with the code that comes by mail; you are then led to a passkey or an app. "
            "With a first role, a password or a passkey from before opens the account no longer."
        ),
    ),
    "account_role_ended": (
        gettext_lazy("A role of yours has ended"),
        gettext_lazy(
            "The role: %(role)s. You were signed out on all devices; as a member you can sign in again."
        ),
    ),
}
# These are done to an account by others: whoever gets such a letter is not asked whether they did it.
BY_OTHERS = frozenset({"account_role_given", "account_role_ended"})
named({kind: subject for kind, (subject, _said) in NOTICES.items()})
named(
    {
        signing_in.KIND: gettext_lazy("Code to sign in"),
        ADDRESS_CODE: gettext_lazy("Code for another address"),
        NEW_PASSWORD: gettext_lazy("Link to a new password"),
    }
)
keeps_nothing(ADDRESS_CODE)
# A code is good for minutes; an earlier letter that a mail server puts off may wait for hours.
urgent(signing_in.KIND, ADDRESS_CODE, NEW_PASSWORD)


def ask(template: str, email: str, told: dict[str, Any], language: str) -> None:
    """Ask for a letter under the name that the library has for it; ``told`` may hold more than the letter needs."""
    kept = {name: value for name, value in told.items() if isinstance(value, str)}
    kept["at"] = now().isoformat()
    if "code" in kept:
        kept["until"] = (now() + signing_in.GOOD_FOR).isoformat()
    kind = KINDS[template.rpartition("/")[2]]
    outbox.queue(key=f"{kind}:{new_word()}", kind=kind, to_email=email, language=language, snapshot=kept)


def ask_for_new_password(email: str, language: str) -> None:
    """The same for every address: whether it has an account is found out when the letter is written."""
    until = {"until": (now() + signing_in.GOOD_FOR).isoformat()}
    outbox.queue(
        key=f"{NEW_PASSWORD}:{new_word()}",
        kind=NEW_PASSWORD,
        to_email=email,
        language=language,
        snapshot=until,
    )


@renders(signing_in.KIND)
def code_to_sign_in(message: Message) -> Letter:
    """The code; to an address without an account, that it has none."""
    still_good(message)
    member = member_at(message.to_email)
    if member is None:
        return _no_account(message)
    code = code_of(member, message.to_email, message.snapshot["word"])
    return _with_code(message, _("Your code to sign in"), code, member.name, is_sign_in=True)


@renders(ADDRESS_CODE)
def code_for_address(message: Message) -> Letter:
    """The code with which a member shows that an address is theirs; nobody is named to an address not confirmed."""
    still_good(message)
    return _with_code(
        message, _("Please confirm your address"), message.snapshot["code"], "", is_sign_in=False
    )


@renders(NEW_PASSWORD)
def new_password(message: Message) -> Letter:
    """The link to a new password, made when the letter is written: the outbox holds none."""
    still_good(message)
    member = member_at(message.to_email)
    if member is None:
        return _no_account(message)
    known = {"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)}
    link = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=known)
    subject = _("Choose a new password")
    return _written(message, "account_password", subject, {"name": member.name, "link": link})


def notice(message: Message) -> Letter:
    """What has changed about an account, and what to do if it was somebody else."""
    subject, said = NOTICES[message.kind]
    snapshot = dict(message.snapshot)
    if "role" in snapshot:
        snapshot["role"] = RoleName(snapshot["role"]).label
    at = datetime.fromisoformat(snapshot["at"]).astimezone(
        ZoneInfo(snapshot.get("zone") or settings.TIME_ZONE)
    )
    context = {
        "name": snapshot.get("name", ""),
        "said": str(said) % snapshot,
        "day": date_format(at, "DATE_FORMAT"),
        "hour": f"{at:%H:%M} UTC{at.isoformat()[-6:]}",
        "is_by_others": message.kind in BY_OTHERS,
        "link": settings.SITE_URL + reverse("account_login"),
    }
    return _written(message, "account_notice", str(subject), context)


for _kind in NOTICES:
    renders(_kind)(notice)


def still_good(message: Message) -> None:
    """A code that came too late would only puzzle its reader; nor is one sent of which nothing is known any more."""
    until = message.snapshot.get("until")
    if until is None or datetime.fromisoformat(until) < now():
        raise Overtaken("its time is over")


def _with_code(message: Message, subject: str, code: str, name: str, *, is_sign_in: bool) -> Letter:
    half = len(code) // 2
    shown = f"{code[:half]} {code[half:]}" if code.isdigit() else code
    minutes = int(signing_in.GOOD_FOR.total_seconds() // 60)
    context = {"name": name, "code": shown, "minutes": minutes, "is_sign_in": is_sign_in}
    return _written(message, "account_code", subject, context)


def _no_account(message: Message) -> Letter:
    """Whether it never had one, or it is at rest, is nobody's business but the association's."""
    at_rest = Member.objects.at(message.to_email).filter(is_active=False).exists()
    subject = _("This account is at rest") if at_rest else _("No account with this address")
    return _written(message, "account_unknown", subject, {"at_rest": at_rest})


def _written(message: Message, template: str, subject: str, context: dict[str, Any]) -> Letter:
    context |= {
        "page_title": subject,
        "site_name": settings.SITE_NAME[message.language],
        "site_names": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": message.language,
        "html_lang": html_language(message.language),
    }
    return Letter(
        subject,
        render_to_string(f"mail/{template}.txt", context),
        render_to_string(f"mail/{template}.html", context),
    )

"""The letter that brings a visitor's words to the association. To the visitor goes none."""

from email.headerregistry import Address

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.mail.delivery import one_line
from sistercities.mail.kinds import Letter, Overtaken, named, renders
from sistercities.mail.models import Message
from sistercities.news.models import Enquiry
from sistercities.pages.bilingual import html_language

named({"enquiry_received": gettext_lazy("Enquiry of a visitor")})


@renders("enquiry_received")
def received(message: Message) -> Letter:
    """To the association: what a visitor wrote. To answer the letter is to write to the visitor."""
    enquiry = Enquiry.objects.filter(pk=message.snapshot["enquiry"]).first()
    if enquiry is None:
        raise Overtaken("the enquiry was deleted meanwhile")
    context = {
        "enquiry": enquiry,
        "page_title": enquiry.subject,
        "edit": settings.SITE_URL + reverse("admin:news_enquiry_change", args=[enquiry.pk]),
        "site_name": settings.SITE_NAME[message.language],
        "site_names": settings.SITE_NAME,
        "language": message.language,
        "html_lang": html_language(message.language),
    }
    return Letter(
        _("A visitor writes: %(subject)s") % {"subject": enquiry.subject},
        render_to_string("mail/enquiry_received.txt", context).strip() + "\n",
        render_to_string("mail/enquiry_received.html", context),
        headers={"Reply-To": str(Address(one_line(enquiry.name), addr_spec=enquiry.email))},
    )

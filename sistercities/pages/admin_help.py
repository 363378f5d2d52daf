"""What stands under the fields of pages, for those that say too little by their names alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Help = dict[str, str | Promise]

PAGE_HELP: Help = {
    "title_en": _("It heads the page and stands for it in every list: short, without a full stop."),
    "title_zh_hans": _("May wait: Chinese readers see the English title until then."),
    "body_zh_hans": _("Best with the same paragraphs in the same order: then marks of sources stay in step."),
    "status": _("A draft is read by staff only, a published page by everybody from the moment beside this."),
    "verified_on": _("The day on which somebody last held the whole page against its sources."),
    "position": _("Smaller numbers come first."),
}
CITATION_HELP: Help = {
    "source": _("Type a few letters of its title. The plus sign enters a new one without leaving this page."),
    "stance": _("A source that contradicts needs the claim, and a note of what it says."),
}
SOURCE_HELP: Help = {
    "title_en": _("As it is printed there: the headline of an article, the title of a document."),
    "kind": _(
        "Official: by a government or a party to the thing. Primary: a paper or recording of the time. Oral: what "
        "somebody told us."
    ),
    "author": _("As the source names them; several with a comma between."),
    "publisher_en": _("The newspaper, agency, office or publishing house."),
    "accessed_on": _("When somebody last read it at this address; web pages change."),
    "url": _("Where readers can open it themselves."),
    "archived_url": _("A copy in a web archive, for the day on which the address leads nowhere."),
}

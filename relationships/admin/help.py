"""What stands under the fields of cities and agreements, for those that say too little by their names alone."""

from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_help import Help

CITY_HELP: Help = {
    "country_en": _("As lists group the cities."),
    "region_en": _("The state, province or prefecture."),
    "population": _("As a source has it that you cite; the year of the count stands beside it."),
    "colour": _("Threads and dots of the city’s bonds are drawn in it."),
    "picture": _("It heads the page of the city once it is described in both languages."),
}
AGREEMENT_HELP: Help = {
    "kind": _("As the text calls itself."),
    "sectors": _("The fields of which the text speaks."),
}

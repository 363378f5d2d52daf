"""What stands under the fields of events and remarks, for those that say too little by their names alone."""

from django.utils.translation import gettext_lazy as _

from sistercities.pages.admin_help import Help

EVENT_HELP: Help = {
    "title_en": _("As it stands on the invitation."),
    "title_zh_hans": _("As it stands on the Chinese invitation."),
    "visibility": _("Public: anybody may ask to come. By invitation: everybody sees it, only guests answer."),
    "venue": _("With the plus sign you enter a new one: its address and the way there stand on the page."),
    "hosts": _("Who invites, as the invitation names them."),
    "relationships": _("All bonds on whose pages the event is to stand."),
    "marks": _("Only where the event celebrates it."),
    "marks_years": _("Such as 45; with the relationship beside this."),
    "sectors": _("By these readers find events of one field."),
    "dress_code_en": _("Such as: business attire."),
    "spoken_en": _("Such as: English and Mandarin, with interpretation."),
    "signed": _("The pages of event and agreement then lead to each other."),
}
REMARK_HELP: Help = {
    "title_en": _("Such as: Remarks at the spring reception."),
    "event": _("Its page lists the remark once both are public."),
    "position": _("The order of speeches at the event; smaller numbers come first."),
    "speaker": _("Whoever wrote or held it; the page of the person lists it."),
    "capacity_en": _("The office at that time, as it was announced: readers see it beside the name."),
    "form": _("Verbatim: every word as it was said. Summary: in our own words."),
    "rendering_en": _("Whether readers have the original before them, or whose translation."),
}

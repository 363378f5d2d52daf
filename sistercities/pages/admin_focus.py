"""Where to look in a picture: nine places to choose from, and beside them what would be left of it."""

from typing import Any

from django import forms

from sistercities.pages.models import Picture

# What frames of pages cut a picture to, as classes of the style sheet.
CUTS = ("square", "wide", "tall")


class FocusInput(forms.RadioSelect):
    """Nine radio buttons in a square; the cuts beside it follow without a script."""

    template_name = "widgets/focus.html"

    def __init__(self, picture: Picture) -> None:
        super().__init__(choices=Picture.Focus.choices)
        self.picture = picture

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"picture": self.picture if self.picture.is_stored else None, "cuts": CUTS}
        return context


def choose_focus(form: forms.ModelForm) -> None:
    """Let a form that offers the field, as not all do, ask for it with the picture in view."""
    if "focus" in form.fields:
        form.fields["focus"].widget = FocusInput(form.instance)

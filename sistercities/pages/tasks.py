"""What has to happen to pages and what readers say of them because time goes by."""

from datetime import timedelta

from sistercities.pages import card_store, indexing, mentions
from sistercities.pages.everything import page_models
from sistercities.pages.forms_for_strangers import forget_handled
from sistercities.pages.models import Correction
from sistercities.tasks import every

A_DAY = 24 * 60 * 60


@every(seconds=A_DAY)
def forget_handled_corrections() -> None:
    """A request with its sender's name and address is kept for a year after it was handled."""
    forget_handled(Correction)


@every(seconds=600)
def find_by_the_names_of_what_appeared() -> None:
    """A scheduled page appears by the clock; from then on those that name it are found by its name."""
    mentions.tell_of_new(since=timedelta(hours=1))


@every(seconds=A_DAY)
def let_go_of_old_cards() -> None:
    """A share card that was drawn long ago is drawn anew for whoever asks for it again."""
    card_store.sweep()


@every(seconds=A_DAY)
def find_by_what_changed_beside_the_pages() -> None:
    """The names of venues, bodies and fields are saved by themselves; pages that name them are found so a day later."""
    for model in page_models():
        indexing.refill(model)


@every(seconds=600)
def find_what_has_no_names_yet() -> None:
    """Pages that were written before search knew names, or past the saving verbs, get theirs a few at a time."""
    indexing.fill_missing()

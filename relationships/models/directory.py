"""Directories of bonds that were handed in for import, line by line, and what became of each."""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from relationships.models.bonds import Relationship
from relationships.models.places import City
from sistercities.pages.fields import single_line
from sistercities.pages.models import Source
from sistercities.pages.originals import private_store


def place_for(directory: "Directory", filename: str) -> str:
    return f"directories/{secrets.token_hex(16)}"


class Directory(models.Model):
    """A file of bonds, how its columns are read, and how far its import has come."""

    class State(models.TextChoices):
        HANDED_IN = "handed-in", _("handed in")
        QUEUED = "queued", _("waiting for the worker")
        RUNNING = "running", _("under way")
        CHECKED = "checked", _("checked")
        DONE = "done", _("taken in")
        UNDONE = "undone", _("taken back")
        STOPPED = "stopped", _("stopped")

    class Task(models.TextChoices):
        CHECK = "check", _("check the lines")
        RUN = "run", _("take the lines in")
        WITHDRAW = "withdraw", _("withdraw the pages to drafts")
        DELETE = "delete", _("delete the drafts")

    file = models.FileField(_("file"), storage=private_store, upload_to=place_for)
    filename = models.CharField(
        _("name of the file"), max_length=200, editable=False, validators=[single_line]
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="directories",
        verbose_name=_("source"),
        help_text=_("What the list was taken from; every bond that comes of it cites this source."),
    )
    publish = models.BooleanField(
        _("publish at once"),
        default=False,
        help_text=_("Else all new pages are drafts until you publish them."),
    )
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(_("delimiter"), max_length=4, blank=True)
    # Which column of the file holds what: {"origin_city": "city", …}.
    columns = models.JSONField(_("columns"), default=dict)
    # What was given to rows that name no kind of bond.
    kind = models.CharField(
        _("kind of bond"), max_length=20, choices=Relationship.Kind, default=Relationship.Kind.SISTER_CITIES
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.HANDED_IN, editable=False
    )
    # What the worker is asked to do, or did last; how often it began without coming to an end.
    task = models.CharField(_("task"), max_length=10, choices=Task, default=Task.CHECK, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    rows_total = models.PositiveIntegerField(default=0, editable=False)
    rows_done = models.PositiveIntegerField(default=0, editable=False)
    problem = models.TextField(_("problem"), blank=True, editable=False)
    handed_in_at = models.DateTimeField(_("handed in"), default=timezone.now, editable=False)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("directory of bonds")
        verbose_name_plural = _("directories of bonds")
        ordering = ["-handed_in_at"]

    def __str__(self) -> str:
        return self.filename or str(_("directory"))


class DirectoryRow(models.Model):
    """One line of a directory and what became of it, or would become of it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new bond")
        KNOWN = "known", _("known already")
        CHANGED = "changed", _("adds to a known bond")
        TWIN = "twin", _("the same as another line")
        DOUBTFUL = "doubtful", _("doubtful: somebody must look")
        REFUSED = "refused", _("cannot be read")

    directory = models.ForeignKey(Directory, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    values = models.JSONField(_("values"), default=dict)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    # In codes with their values, so that each reader gets it in words of their own language.
    notes = models.JSONField(_("notes"), default=list)
    # Where it is doubtful which city is meant: {"partner": {"key": …, "found": [{"value": "12", "km": 4}, …]}}.
    candidates = models.JSONField(default=dict)
    # What a person decided, by the key of the place: the number of a city, "new", or "=" and another such key.
    decision = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Whether what the verdict says has been carried out, and which cities were made for it.
    is_done = models.BooleanField(default=False, editable=False)
    made_cities = ArrayField(models.BigIntegerField(), default=list, editable=False)
    relationship = models.ForeignKey(
        Relationship, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("line of a directory")
        verbose_name_plural = _("lines of a directory")
        ordering = ["directory", "line"]
        constraints = [
            models.UniqueConstraint(fields=["directory", "line"], name="directoryrow_once_per_line")
        ]
        indexes = [models.Index(fields=["directory", "verdict", "line"], name="directoryrow_verdict")]

    def __str__(self) -> str:
        return f"{self.directory}: {self.line}"


class CityKey(models.Model):
    """How a directory names a city, once it is settled which one it means: the same line finds it again."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=240, unique=True)

    class Meta:
        verbose_name = _("key of a city")
        verbose_name_plural = _("keys of cities")

    def __str__(self) -> str:
        return self.key

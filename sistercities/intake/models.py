"""Lists that were handed in: the file until it is taken over, and afterwards what came of it."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.pages.fields import single_line

KEPT_UNTAKEN = timedelta(days=30)
Row = dict[str, Any]


class IntakeQuerySet(models.QuerySet["Intake"]):
    def left_lying(self) -> Self:
        """Handed in long ago, and never taken over, or with lines left over that nobody mended."""
        return self.filter(made_at__lt=timezone.now() - KEPT_UNTAKEN).exclude(rows=[], content=None)


class Intake(models.Model):
    """A list that somebody handed in. Nothing of it counts before it is taken over."""

    kind = models.CharField(_("kind of list"), max_length=40, editable=False)
    # What the list is about, where a kind needs that: the number of an event.
    about = models.PositiveBigIntegerField(null=True, editable=False)
    filename = models.CharField(
        _("name of the file"), max_length=200, editable=False, validators=[single_line]
    )
    digest = models.CharField(max_length=64, editable=False)
    # The file as it came, so that it can be read in other letters; gone once it is taken over.
    content = models.BinaryField(null=True, editable=False)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True, editable=False)
    header = models.JSONField(default=list, editable=False)
    # Which column holds what: {"email": "E-mail", …}, by the heads of the file.
    columns = models.JSONField(_("columns"), default=dict, editable=False)
    # [{"line": 2, "cells": ["mei@example.org", …], "problem": ""}, …]; once taken over, those that were left out.
    rows = models.JSONField(default=list, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handed in by"),
    )
    made_at = models.DateTimeField(_("handed in"), default=timezone.now, editable=False)
    taken_at = models.DateTimeField(_("taken over"), null=True, editable=False)
    # How many lines of each verdict there were: {"new": 12, "changed": 1, "same": 140, "faulty": 2}.
    report = models.JSONField(_("report"), default=dict, editable=False)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("list that was handed in")
        verbose_name_plural = _("lists that were handed in")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="intake_taken_without_file",
                condition=models.Q(taken_at=None) | models.Q(content=None),
                violation_error_message=_("Of a list that was taken over the file is not kept."),
            )
        ]

    def __str__(self) -> str:
        return self.filename or str(_("list"))

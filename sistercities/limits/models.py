"""How often something was done, by whom nobody can tell."""

from typing import ClassVar

from django.db import models


class Count(models.Model):
    """How often one address, network or account did one thing, in a span of time that began with the first.

    The key is a keyed hash: the table names nobody.
    """

    key = models.CharField(max_length=32, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"

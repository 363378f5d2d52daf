"""How staff curate cities, the bonds between them, what was signed and what happened."""

from relationships.admin import agreements, belonging, bonds, chronicle, counts, directories
from relationships.admin.places import NamedAdmin

__all__ = ["NamedAdmin", "agreements", "belonging", "bonds", "chronicle", "counts", "directories"]

from relationships.models.agreements import Agreement, Signature, Wording
from relationships.models.bonds import (
    Party,
    Relationship,
    RelationshipQuerySet,
    RelationshipSector,
    Suspension,
)
from relationships.models.chronicle import Milestone, MilestoneQuerySet, Tenure
from relationships.models.counts import Tally
from relationships.models.directory import CityKey, Directory, DirectoryRow
from relationships.models.places import City, CityName, Organisation, Sector

__all__ = [
    "Agreement",
    "City",
    "CityKey",
    "CityName",
    "Directory",
    "DirectoryRow",
    "Milestone",
    "MilestoneQuerySet",
    "Organisation",
    "Party",
    "Relationship",
    "RelationshipQuerySet",
    "RelationshipSector",
    "Sector",
    "Signature",
    "Suspension",
    "Tally",
    "Tenure",
    "Wording",
]

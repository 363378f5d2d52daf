from relationships.models.agreements import Agreement, Signature
from relationships.models.bonds import Party, Relationship, RelationshipQuerySet
from relationships.models.chronicle import Milestone, MilestoneQuerySet, Tenure
from relationships.models.places import City, Organisation, Sector

__all__ = [
    "Agreement",
    "City",
    "Milestone",
    "MilestoneQuerySet",
    "Organisation",
    "Party",
    "Relationship",
    "RelationshipQuerySet",
    "Sector",
    "Signature",
    "Tenure",
]

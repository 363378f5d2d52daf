"""Where the lists of this app stand in the admin."""

from relationships.models import (
    Agreement,
    City,
    Directory,
    Milestone,
    Organisation,
    Relationship,
    Sector,
    Tally,
    Tenure,
)
from sistercities.navigation import Heading, lists

lists(
    Heading.RECORD, Relationship, Agreement, City, Milestone, Tenure, Organisation, Tally, Sector, Directory
)

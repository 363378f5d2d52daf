"""Where lists that were handed in stand at the side of the admin."""

from sistercities.intake.models import Intake
from sistercities.navigation import Heading, lists

lists(Heading.PEOPLE, Intake)

"""Where the lists of this app stand in the admin."""

from sistercities.navigation import Heading, lists
from sistercities.newsletter.models import Newsletter, Subscriber

lists(Heading.LETTERS, Newsletter, Subscriber)

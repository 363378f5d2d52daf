"""Where the lists of this app stand in the admin."""

from people.models import Member, Person
from sistercities.navigation import Heading, lists

lists(Heading.PEOPLE, Person, Member)

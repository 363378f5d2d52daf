"""Where the lists of this app stand in the admin."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from people.models import Member, Person
from sistercities.navigation import Heading, lists, pages

lists(Heading.PEOPLE, Person, Member, EmailAddress, Authenticator)
pages(Heading.PEOPLE, "erase-person")
pages(Heading.HOUSE, "roles", "log")

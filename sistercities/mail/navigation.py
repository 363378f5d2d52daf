"""Where the lists of this app stand in the admin."""

from sistercities.mail.models import Message
from sistercities.navigation import Heading, lists

lists(Heading.LETTERS, Message)

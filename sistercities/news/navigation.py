"""Where the lists of this app stand in the admin."""

from sistercities.navigation import Heading, lists
from sistercities.news.models import Enquiry, Story, Topic

lists(Heading.LETTERS, Story, Topic, Enquiry)

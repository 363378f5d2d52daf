"""Where the lists of this app, and its pages over all kinds of pages, stand in the admin."""

from sistercities.navigation import Heading, lists, pages
from sistercities.pages.models import Correction, Document, Picture, Revision, Source, StandingPage

lists(Heading.RECORD, Source)
pages(Heading.RECORD, "without-source", "translations")
lists(Heading.RECORD, Correction)
lists(Heading.PICTURES, Picture, Document)
lists(Heading.HOUSE, StandingPage, Revision)

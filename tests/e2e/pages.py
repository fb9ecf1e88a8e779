"""Every page, as the kind of person who sees it: the table for axe and for the list of addresses."""

from tests.e2e.tables import agencies, employers, operators, people

PAGES = [*people.PAGES, *agencies.PAGES, *employers.PAGES, *operators.PAGES]

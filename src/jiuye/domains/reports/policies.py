"""How much a report may hold, and how many a person may make a day."""

MOST_A_DAY = 10
TEXT_LIMIT = 500
CONTACT_LIMIT = 60
ANSWER_LIMIT = 300

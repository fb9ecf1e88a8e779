"""How much a report may hold."""

TEXT_LIMIT = 500
CONTACT_LIMIT = 60
ANSWER_LIMIT = 300

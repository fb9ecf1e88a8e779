"""All rules, the strictest first. Each file has the rules of one kind."""

from jiuye.domains.jobs.screening.rules.age import AGE, MINORS
from jiuye.domains.jobs.screening.rules.family import MARRIAGE
from jiuye.domains.jobs.screening.rules.health import HEALTH
from jiuye.domains.jobs.screening.rules.looks import APPEARANCE, CONTACT, IRRELEVANT, NUMBERS
from jiuye.domains.jobs.screening.rules.money import BAIT, DOCUMENTS, FEES, TRAINING_LOAN
from jiuye.domains.jobs.screening.rules.origin import ETHNICITY, HOUSEHOLD, RELIGION
from jiuye.domains.jobs.screening.rules.rule import Rule as Rule
from jiuye.domains.jobs.screening.rules.sex import SEX

RULES: tuple[Rule, ...] = (
    SEX, MARRIAGE, ETHNICITY, RELIGION, HOUSEHOLD, HEALTH, MINORS, FEES, DOCUMENTS, BAIT, TRAINING_LOAN,
    AGE, APPEARANCE, CONTACT, NUMBERS, IRRELEVANT,
)  # fmt: skip

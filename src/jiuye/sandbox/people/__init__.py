"""The people of the sandbox: their cards (`essc`) and the ministry's records of them (`authority`).

Everybody is invented. For a number of the demonstration's range (199000…) without a named person a card is generated,
always the same one, so that any tester can sign in by card; such a person has no records.
"""

from jiuye.sandbox.people.invented import RANGE, invented, phone_of
from jiuye.sandbox.people.person import Certificate, Education, Employment, Person
from jiuye.sandbox.people.records import ALL

__all__ = ["ALL", "RANGE", "Certificate", "Education", "Employment", "Person", "by_id_number", "by_phone", "everyone"]

_BY_PHONE = {person.phone: person for person in ALL}
_BY_ID_NUMBER = {person.id_number: person for person in ALL}


def everyone() -> tuple[Person, ...]:
    """Return the named people, in the order of the phone simulator."""
    return ALL


def by_phone(number: str) -> Person | None:
    """Return the person with this number (11 digits), named or generated; None for numbers outside the demonstration's range."""
    return _BY_PHONE.get(number) or invented(number)


def by_id_number(id_number: str) -> Person | None:
    """Return the person with this ID number, or None."""
    named = _BY_ID_NUMBER.get(id_number)
    if named:
        return named
    number = phone_of(id_number)
    return invented(number) if number and number not in _BY_PHONE else None

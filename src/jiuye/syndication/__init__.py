"""Postings and fairs in the formats that other programs read: schema.org JSON-LD, Atom, iCalendar."""

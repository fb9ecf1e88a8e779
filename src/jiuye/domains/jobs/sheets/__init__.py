"""Job sheets: reading people's spreadsheets and turning their rows into postings. Pure: no database here."""

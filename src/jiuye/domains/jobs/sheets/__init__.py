"""Job sheets: read spreadsheets and turn their rows into postings. Pure: no database here."""

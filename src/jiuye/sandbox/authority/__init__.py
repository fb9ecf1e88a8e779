"""The records office: accepts a statement, compares it with its records and answers a little later."""

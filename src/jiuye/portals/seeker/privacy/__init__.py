"""The privacy centre: who saw what, consents and their withdrawal, a copy of one's data."""

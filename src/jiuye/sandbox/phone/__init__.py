"""The simulated phone: SMS inbox, card, partner apps, authenticator."""

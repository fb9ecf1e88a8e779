"""The authorization server: access tokens by client credentials."""

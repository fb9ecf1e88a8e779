"""The SMS gateway: accepts messages over HTTP like an operator's gateway, and reports their delivery."""

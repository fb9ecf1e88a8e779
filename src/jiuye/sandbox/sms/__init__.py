"""The SMS gateway: takes messages over HTTP as an operator's gateway does, and answers for their delivery."""

"""The control desk: each service's switches, for people (a page) and for tests (JSON)."""

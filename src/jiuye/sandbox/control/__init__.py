"""The control page: each service's switches, for people (a page) and for tests (JSON)."""

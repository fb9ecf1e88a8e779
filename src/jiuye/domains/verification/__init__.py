"""Checking what people state about themselves against the ministry's records (核验)."""

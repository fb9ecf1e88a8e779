"""Verification of resume items against the ministry's records (核验)."""

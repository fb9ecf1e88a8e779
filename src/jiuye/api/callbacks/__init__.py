"""Callbacks of external services: signed POSTs, read by the port they belong to."""

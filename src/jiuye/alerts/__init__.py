"""Saved searches (订阅): what people keep looking for, and what has come in since."""

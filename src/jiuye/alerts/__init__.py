"""Saved searches (订阅) and alerts for new postings that match them."""

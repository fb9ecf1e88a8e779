"""Batch import of postings from a sheet."""

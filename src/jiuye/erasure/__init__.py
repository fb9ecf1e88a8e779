"""Erasure of accounts (注销): the request, a week to reconsider, and the erasure itself."""

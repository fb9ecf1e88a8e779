"""Erasing accounts (注销): the wish, the week to think, and what becomes of everything that names the person."""

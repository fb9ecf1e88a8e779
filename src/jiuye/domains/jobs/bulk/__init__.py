"""Decide on many postings at once: rows of a sheet, or what an API client states.

Actions write what is decided; previews only show it. Both decide by `writer.Writer`, on what `records` tell about the
agency: read with locks to write, read only to show, or none at all.
"""

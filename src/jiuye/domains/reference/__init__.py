"""Reference data: regions, occupations, industries, education levels and shared enumerations.

The data files in `data/` are the source, read once per process (`catalogue`), so look-ups cost no query. The tables
hold the same rows for foreign keys and are synchronised by `actions.load_reference`. `generate` writes the files.
"""

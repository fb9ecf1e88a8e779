"""Reference data: regions, occupations, industries, education levels and the terms that several domains share.

The data files in `data/` are the source, read once a process (`catalogue`), so look-ups cost no query. The tables hold the
same rows for foreign keys and are brought level by `actions.load_reference`. `generate` writes the files.
"""

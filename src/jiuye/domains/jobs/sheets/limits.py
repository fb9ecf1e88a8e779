"""Limits of a file. A file beyond any of them is refused, never truncated; only a cell's text is cut."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
UNPACKED_BYTES = 400 * MEGABYTE
ARCHIVE_ENTRIES = 3000
# Deflate reaches 1,030 : 1 on constant input; sheets of repeated rows stay under 100 : 1.
RATIO = 200
RATIO_MATTERS_FROM = 20 * MEGABYTE
COPIED_BYTES = 100 * MEGABYTE
ROWS = 100_000
LINES_ABOVE_DATA = 10
EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384
COLUMNS = 100
WORKSHEETS = 30
# What a workbook with hidden worksheets declares at most.
WORKSHEETS_DECLARED = 300
# Rows and cells, blank ones too: each costs a microsecond of Python. 100,000 rows of 24 columns are fewer.
ELEMENTS = 2_500_000
# Of the parts beside the worksheets that are read as a whole (styles, the list of worksheets, their relations).
PART_BYTES = 8 * MEGABYTE
MERGES = 50_000
# Twice the longest text of any field: its reader still sees that it is too long.
CELL_CHARACTERS = 20_000
TEXT_CHARACTERS = 64 * MEGABYTE

CHILD_MEGABYTES = 1536
CHILD_CPU_SECONDS = 60
CHILD_SECONDS = 120.0
"""By the clock on the wall, for a child that waits or that gets little of the processor."""

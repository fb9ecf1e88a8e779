"""Write many postings at once: rows of a sheet, or what an API client states."""

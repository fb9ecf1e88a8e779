"""Two records of one employer become one: the rules for every table, the preview, and the merge itself."""

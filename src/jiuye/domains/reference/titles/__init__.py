"""The occupation that a job title means: a linear model over character n-grams (docs/reading.md#occupations)."""

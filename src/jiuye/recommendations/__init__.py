"""Jobs offered to a person by what they wrote of themselves, for as long as they want that."""

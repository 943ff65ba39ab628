"""From the YAML of the book to a Rulebook, or an error that says where and what to do."""

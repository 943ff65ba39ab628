"""What the book was: kept whole by its hash, compared, and every flip acknowledged."""

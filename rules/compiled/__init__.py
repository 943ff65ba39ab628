"""The decision lists, compiled once."""

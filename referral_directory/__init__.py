"""Organisations, services and places: where a door is, how we know, and how sure we are."""

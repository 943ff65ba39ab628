"""Why not, and the way to yes."""

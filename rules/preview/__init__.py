"""What a rule writer sees while writing."""

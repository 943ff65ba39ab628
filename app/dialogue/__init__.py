"""The conversation, pure: values in, values out. Words, clock, database and network stay outside."""

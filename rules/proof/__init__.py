"""Claims about the whole rule book, each proved over everybody its rules can tell apart."""

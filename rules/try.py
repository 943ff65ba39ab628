# noqa: N999  # named after the command
"""`python -m rules.try`: what a person would be told, live, while the book is being written."""

import sys

from rules.preview.shown import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One module for each export format: what it can carry, and how its files are made."""

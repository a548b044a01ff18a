"""What formats of one family share: question types, packages, words; no format imports another."""

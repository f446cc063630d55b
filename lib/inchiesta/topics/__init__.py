"""What it is about: passages, terms, topics."""

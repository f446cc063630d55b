"""Who is in the texts, and who with whom: mentions, merges, pairs."""

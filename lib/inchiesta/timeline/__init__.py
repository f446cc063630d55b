"""When it happened, as the texts say it: time expressions, events, and what contradicts what."""

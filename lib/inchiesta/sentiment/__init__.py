"""How each is spoken of, and by whom: lexicons, voices, tone toward an actor."""

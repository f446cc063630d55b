"""A trained linear model of the tone toward a target, on top of the word lists."""

"""One text: decoding, cleaning, language, sentences, tokens, lemmas. Knows nothing of files."""

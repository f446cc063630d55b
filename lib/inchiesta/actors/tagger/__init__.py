"""The trained tagger: names no list knows, in Italian and English."""

"""Quotations: who says what, in whose words, how surely, and who said it first."""

"""Pages, evidence, tables for people: this layer formats, it never computes."""

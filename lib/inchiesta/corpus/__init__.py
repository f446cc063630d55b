"""Read a source into tables: files, child-process parsing, intake, origins, the cache."""

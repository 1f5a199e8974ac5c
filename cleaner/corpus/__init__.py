"""Drivers over many documents: duplicates across a corpus, the index on disk, repeated boilerplate."""

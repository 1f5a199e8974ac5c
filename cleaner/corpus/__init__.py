"""What needs more than one document: learning from a corpus, duplicates across it."""

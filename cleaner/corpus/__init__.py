"""What needs all documents of a corpus at once."""

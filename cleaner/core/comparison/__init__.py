"""Whether two paragraphs say the same: tokens, facts and what differs, similarity, and the judgment."""

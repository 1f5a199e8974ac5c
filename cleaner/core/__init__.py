"""The pure core: edits over a source text, lines, and the kinds of rules."""

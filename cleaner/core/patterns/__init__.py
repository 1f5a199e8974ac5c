"""Regular expressions of rules: compiled when needed, what they must contain, and whether one could take forever."""

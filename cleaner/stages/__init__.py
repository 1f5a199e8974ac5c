"""The stages: each a pure object that looks at one text and answers with findings."""

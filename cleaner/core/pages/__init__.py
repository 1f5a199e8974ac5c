"""A page of HTML as its visible text with evidence, and how its blocks are judged."""

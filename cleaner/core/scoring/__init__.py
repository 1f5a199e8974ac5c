"""How the line scorer measures and judges passages: many documents at once, in integers, without state."""

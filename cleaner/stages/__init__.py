"""stub"""

BUILTIN_RULES = ()

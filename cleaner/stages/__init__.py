"""stub"""
BUILTIN_RULES = ()

"""Lists of people as bylines and credits write them."""

import re

_AND = r"and|und|et|y|e|i|и|та|en|ve|och|og|\u0648|\u0914\u0930|&"
_BETWEEN_RE = re.compile(rf"\s*(?:,\s*(?:(?:{_AND})\s+)?|;\s*|\s(?:{_AND})\s+|\u3001|\uff0c)\s*")


def split_names(text: str) -> list[str]:
    """The names in a list, in order, without doubles.

    >>> split_names("David Pierson, Michael D. Shear and Keith Bradsher")
    ['David Pierson', 'Michael D. Shear', 'Keith Bradsher']
    """
    names = (name.strip(" .|\u2022\u00b7") for name in _BETWEEN_RE.split(text.strip()))
    return list(dict.fromkeys(name for name in names if name))

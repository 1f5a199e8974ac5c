"""What stands in quotation marks or is spoken in a dialogue is the story's, whatever it says."""

_EM_DASH, _EN_DASH = "\N{EM DASH}", "\N{EN DASH}"
_OPENING_OF_SPEECH = (
    "\N{DOUBLE LOW-9 QUOTATION MARK}",
    "\N{LEFT CORNER BRACKET}",
    "\N{LEFT DOUBLE QUOTATION MARK}",
)
_PAIRS = (
    ("\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}", "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"),
    ("\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}", "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"),
    ("\N{DOUBLE LOW-9 QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}"),
    ("\N{DOUBLE LOW-9 QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("\N{LEFT CORNER BRACKET}", "\N{RIGHT CORNER BRACKET}"),
    ('"', '"'),
)
REACH = 600  # code points before and after a part in which its quotation marks are looked for


def is_spoken(text: str) -> bool:
    """Whether a line is speech: behind the dash of a dialogue, or from quote to quote in guillemets.

    >>> is_spoken("\u2014 Share."), is_spoken("- Advertisement -"), is_spoken("\u00abRead on\u00bb"), is_spoken("Read on \u00bb")
    (True, False, True, False)
    """
    text = text.strip()
    dashed = text[:1] in (_EM_DASH, _EN_DASH) and text[-1:] not in (_EM_DASH, _EN_DASH, "-")
    return dashed or (text[:1] == "\u00ab" and text[-1:] == "\u00bb") or text[:1] in _OPENING_OF_SPEECH


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands inside a quotation, or in quotes of its own.

    >>> is_quoted('The sign read "Subscribe now" in red.', 15, 28)
    True
    >>> is_quoted('He said "no". Subscribe now', 14, 27), is_quoted("\u00ab Subscribe now. \u00bb He did.", 0, 17)
    (False, True)
    """
    if _opens_quotation(text, start, end):
        return True
    before = text[max(0, start - REACH) : start]
    after = text[end : end + 1]
    opened = before.count("\N{LEFT DOUBLE QUOTATION MARK}") - before.count("\N{RIGHT DOUBLE QUOTATION MARK}")
    if before.count('"') % 2 == 1 and '"' in text[end : end + REACH]:
        return True
    angled = before.rfind("\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}") > before.rfind(
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    )
    lowered = before.rfind("\N{DOUBLE LOW-9 QUOTATION MARK}") > max(
        before.rfind("\N{LEFT DOUBLE QUOTATION MARK}"), before.rfind("\N{RIGHT DOUBLE QUOTATION MARK}")
    )
    cornered = before.rfind("\N{LEFT CORNER BRACKET}") > before.rfind("\N{RIGHT CORNER BRACKET}")
    single = before.rstrip()[-1:] in ("'", "\N{LEFT SINGLE QUOTATION MARK}", "\N{LEFT CORNER BRACKET}") and after in (
        "'", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{RIGHT CORNER BRACKET}",
    )  # fmt: skip
    return (opened > 0 and not lowered) or angled or lowered or cornered or single


def _opens_quotation(text: str, start: int, end: int) -> bool:
    """Whether a part begins with the mark of a quotation that goes on to its end, or beyond it.

    A mark that nothing closes is an arrow or a bullet; behind one that closes early the part goes on by itself.
    """
    part = text[start:end].strip()
    for opening, closing in _PAIRS:
        if part.startswith(opening):
            closed = part.find(closing, 1)
            inside = closed < 0 and closing in text[end : end + REACH]
            if inside or (closed >= 0 and not any(char.isalnum() for char in part[closed:])):
                return True
    return False

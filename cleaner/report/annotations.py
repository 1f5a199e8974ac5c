"""What `cleaner check --format github` prints: GitHub shows each beside its line in a pull request.

The runner takes one command a line, so that line breaks and percent signs of a text must be escaped, and in
properties the marks between them, too.
"""

from collections.abc import Iterable

_SHOWN = 120  # characters of a text in a message


def format_annotation(level: str, path: str, title: str, message: str, lines: tuple[int, int] | None) -> str:
    r"""One command for GitHub's runner; ``level`` is ``warning`` or ``error``.

    >>> format_annotation("warning", "a,b.txt", "ad.marker", "100 % of it\ngoes", (3, 4))
    '::warning file=a%2Cb.txt,line=3,endLine=4,title=ad.marker::100 %25 of it%0Agoes'
    """
    first, last = lines or (0, 0)
    place = (f",line={first}" if first else "") + (f",endLine={last}" if last > first else "")
    return (
        f"::{level} file={_escape_property(path)}{place},title={_escape_property(title)}::{_escape(message)}"
    )


def describe_edit(old: str, new: str, rules: Iterable[str]) -> str:
    """An edit in a sentence.

    >>> describe_edit("Share via\\n", "", ["share.bar"])
    'share.bar removes "Share via"'
    >>> describe_edit(" ", "", ["normalise.space-before-punctuation"])
    'normalise.space-before-punctuation removes spacing'
    >>> describe_edit("  ", " ", ["layout.line-end"])
    'layout.line-end changes spacing'
    """
    names = ", ".join(dict.fromkeys(rules))
    before, after = _shorten(old), _shorten(new)
    if not before and not after:
        return f"{names} {'changes' if new else 'removes'} spacing"
    if not after:
        return f"{names} removes {before}"
    return f"{names} writes {after} for {before}" if before else f"{names} writes {after}"


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return ""
    return f'"{words}"' if len(words) <= _SHOWN else f'"{words[:_SHOWN]}" and more'


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")

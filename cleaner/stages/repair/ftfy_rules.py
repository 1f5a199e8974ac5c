"""ftfy's steps as rules: each finds its edits, together they do exactly what ftfy does.

:func:`fix_line` gives the text of ``ftfy.fix_and_explain(line, FTFY_CONFIG)`` as edits that name the
step. Options are chosen for news: quotes and full-width characters are the author's, and the
Unicode form belongs to the stage normalise.
"""

import re
from collections.abc import Iterator

from ftfy import TextFixerConfig, fix_encoding_and_explain
from ftfy.chardata import C1_CONTROL_RE, CONTROL_CHARS, HTML_ENTITY_RE, LIGATURES
from ftfy.fixes import ANSI_RE, SURROGATE_PAIR_RE, fix_c1_controls, fix_surrogates, unescape_html

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.alignment import align
from cleaner.stages.builtin import Rewriting
from cleaner.stages.repair.ftfy_gate import looks_like_mojibake

FTFY_CONFIG = TextFixerConfig(uncurl_quotes=False, fix_character_width=False, normalization=None)

ENTITY = (Cause("repair.entity", "repair"),)
QUOTED = (Cause("repair.quoted-mojibake", "repair"),)
_ABOUT_ENCODINGS_RE = re.compile(
    r"\b(?:mojibake|(?:wrong|character|text) (?:en|de)coding|(?:en|de)coded (?:as|in|with)|charset|unicode|utf-?8"
    r"|iso[- ]8859|latin-?1|windows-125\d|cp-?125\d|zeichenkodierung)\b"
    r"|\u043a\u043e\u0434\u0438\u0440\u043e\u0432\u043a|\u043a\u0440\u0430\u043a\u043e\u0437\u044f\u0431\u0440|\u6587\u5b57\u5316\u3051|\u4e71\u7801",
    re.IGNORECASE,
)
C1_CONTROL = (Cause("repair.mojibake", "repair", {"steps": "decode as windows-1252"}),)
LIGATURE = (Cause("repair.ligature", "repair"),)
LINE_END = (Cause("repair.line-end", "repair"),)
SURROGATE_PAIR = (Cause("repair.surrogate-pair", "repair"),)
LONE_SURROGATE = (Cause("repair.lone-surrogate", "repair"),)
TERMINAL_ESCAPE = (Cause("repair.terminal-escape", "repair"),)
CONTROL = (Cause("repair.control", "repair"),)


def _class_of(mapping: dict[int, str] | dict[int, None]) -> str:
    return "".join(f"\\u{code:04x}" for code in mapping)


CONTROL_CLASS = _class_of(CONTROL_CHARS)
LIGATURE_CLASS = _class_of(LIGATURES)
_CONTROL_RE = re.compile(f"[{CONTROL_CLASS}]+")
_LIGATURE_RE = re.compile(f"[{LIGATURE_CLASS}]")
_LINE_END_RE = re.compile("\r\n?|[\u2028\u2029\x85]")
_LONE_SURROGATE_RE = re.compile("[\ud800-\udfff]")


def find_entities(text: str) -> Iterator[Edit]:
    """HTML entities, decoded; some in capitals, too."""
    if "&" in text:
        for match in HTML_ENTITY_RE.finditer(text):
            yield Edit(*match.span(), unescape_html(match.group()), ENTITY)


def find_mojibake(text: str) -> Iterator[Edit]:
    """Text decoded with the wrong encoding, decoded again."""
    if not looks_like_mojibake(text):
        return
    fixed, steps = fix_encoding_and_explain(text, FTFY_CONFIG)
    if fixed != text:
        told = ", ".join(f"{step.action} {step.parameter}" for step in steps or ())
        causes = (Cause("repair.mojibake", "repair", {"steps": told}),)
        for start, end, new_start, new_end in align(text, fixed):
            yield Edit(start, end, fixed[new_start:new_end], causes)


def find_c1_controls(text: str) -> Iterator[Edit]:
    """Control characters of Latin-1, read as the Windows-1252 characters that they were."""
    for match in C1_CONTROL_RE.finditer(text):
        yield Edit(*match.span(), fix_c1_controls(match.group()), C1_CONTROL)


def find_ligatures(text: str) -> Iterator[Edit]:
    """Ligatures that are one character, as the letters that they stand for."""
    for match in _LIGATURE_RE.finditer(text):
        yield Edit(*match.span(), LIGATURES[ord(match.group())], LIGATURE)


def find_line_ends(text: str) -> Iterator[Edit]:
    """Line breaks of other systems, as line feeds."""
    for match in _LINE_END_RE.finditer(text):
        yield Edit(*match.span(), "\n", LINE_END)


def find_surrogates(text: str) -> Iterator[Edit]:
    """Surrogate pairs, as the character that they encode; a lone one, as U+FFFD."""
    if _LONE_SURROGATE_RE.search(text):
        position = 0
        for match in [*SURROGATE_PAIR_RE.finditer(text), None]:
            until = match.start() if match else len(text)
            for lone in _LONE_SURROGATE_RE.finditer(text, position, until):
                yield Edit(*lone.span(), "\ufffd", LONE_SURROGATE)
            if match:
                yield Edit(*match.span(), fix_surrogates(match.group()), SURROGATE_PAIR)
                position = match.end()


def find_terminal_escapes(text: str) -> Iterator[Edit]:
    """Colour codes of terminals."""
    if "\x1b" in text:
        for match in ANSI_RE.finditer(text):
            yield Edit(*match.span(), "", TERMINAL_ESCAPE)


def find_controls(text: str) -> Iterator[Edit]:
    """Control characters that show nothing."""
    for match in _CONTROL_RE.finditer(text):
        yield Edit(*match.span(), "", CONTROL)


def speaks_of_encodings(line: str) -> bool:
    """Whether a line is about wrongly decoded text, so that what it holds of it is an example.

    >>> speaks_of_encodings("In the wrong encoding it is shown as mojibake."), speaks_of_encodings("It is late.")
    (True, False)
    """
    return _ABOUT_ENCODINGS_RE.search(line) is not None


def find_quoted_mojibake(text: str, context: Context) -> Iterator[Edit]:
    """What looks like mojibake in a line that speaks of it: proposed only."""
    if speaks_of_encodings(text):
        for edit in find_mojibake(text):
            yield edit._replace(causes=QUOTED)


# ftfy's order; unescaping comes before them and only where no "<" was in the line.
FTFY_STEPS = (
    find_mojibake,
    find_c1_controls,
    find_ligatures,
    find_line_ends,
    find_surrogates,
    find_terminal_escapes,
    find_controls,
)


def fix_line(line: str) -> list[Edit]:
    """The edits that make of a line what ftfy makes of it."""
    rewriting = Rewriting(line)
    rewrite_as_ftfy(rewriting)
    return rewriting.edits


def rewrite_as_ftfy(rewriting: Rewriting, *, keeps_mojibake: bool = False) -> None:
    """Take ftfy's steps in ftfy's order, again and again until none finds anything, as ftfy does."""
    steps = [step for step in FTFY_STEPS if not (keeps_mojibake and step is find_mojibake)]
    unescape = "<" not in rewriting.text
    changed = True
    while changed:
        before = rewriting.text
        if unescape:
            rewriting.make(find_entities(rewriting.text))
        for step in steps:
            rewriting.make(step(rewriting.text))
        changed = rewriting.text != before

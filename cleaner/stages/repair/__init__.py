"""The stage repair: text that wrong decoders and content systems broke is readable again.

Clean text costs one search: only lines that hold a character which some rule may change are looked
at. Each such line goes through the rules in order, every rule seeing what the one before left, and
the whole again until no rule finds anything more, so that repairing twice changes nothing more.
"""

import re
from collections.abc import Iterable, Iterator

from cleaner.core.document import Context, Findings, Flag
from cleaner.core.edits import Edit
from cleaner.stages.builtin import BuiltinRule, Rewriting, drop_taken, shift
from cleaner.stages.repair.ftfy_gate import GATE_HOLDS, TRIGGER_TAIL, TRIGGERS, is_bad_around
from cleaner.stages.repair.ftfy_rules import CONTROL_CLASS, LIGATURE_CLASS, rewrite_as_ftfy
from cleaner.stages.repair.homoglyphs import FOREIGN_CLASS, MIXED_RE, MIXED_TAIL
from cleaner.stages.repair.invisible import INVISIBLE_CLASS
from cleaner.stages.repair.line_ends import LINE_END_CLASS, holds_line_end_hyphen
from cleaner.stages.repair.lost_letters import QUESTION_RE
from cleaner.stages.repair.rules import AFTER_FTFY, BEFORE_FTFY, HINTS, REPAIR_RULES

__all__ = ["REPAIR_RULES", "RepairStage"]

_ROUNDS = 8
# A character that some rule changes wherever it stands.
_ALWAYS = f"{CONTROL_CLASS}{LIGATURE_CLASS}{LINE_END_CLASS}{INVISIBLE_CLASS}\ufffd\x80-\x9f\ud800-\udfff"
_ALWAYS_RE = re.compile(f"[{_ALWAYS}]")
_ASCII_RE = re.compile("[\0-\x08\x0b-\x1f\x7f]")
_ODD_RE = re.compile(f"[{_ALWAYS}{TRIGGERS}](?:(?<=[{_ALWAYS}])|{TRIGGER_TAIL})", re.DOTALL)
_ODD_OR_MIXED_RE = re.compile(
    f"[{_ALWAYS}{TRIGGERS}{FOREIGN_CLASS}](?:(?<=[{_ALWAYS}])|{TRIGGER_TAIL}|{MIXED_TAIL})", re.DOTALL
)
_MIXED_HERE_RE = re.compile(f".{MIXED_TAIL}", re.DOTALL)
_ENTITY_RE = re.compile("&(?=#?[0-9A-Za-z]{1,24};)")
_LINE_RULES = tuple(rule for rule in AFTER_FTFY if rule.id != "repair.line-end-hyphen")
_HYPHEN_RULE = next(rule for rule in AFTER_FTFY if rule.id == "repair.line-end-hyphen")


class RepairStage:
    """Repairs broken characters; pure, and the same on every run.

    >>> from cleaner.core.edits import apply
    >>> text = "It\\xe2\\u20ac\\u2122s a cease\\xadfire."
    >>> findings = RepairStage()(text, Context("en"))
    >>> apply(text, findings.edits)
    'It\u2019s a ceasefire.'
    >>> [edit.causes[0].rule for edit in findings.edits]
    ['repair.mojibake', 'repair.soft-hyphen']
    """

    name = "repair"

    def __call__(self, text: str, context: Context) -> Findings:
        """Edits that repair the text, hints at what cannot be repaired for sure."""
        suspect = find_suspect_lines(text)
        if not suspect and not holds_line_end_hyphen(text):
            return Findings()
        rewriting = Rewriting(text)
        for _ in range(_ROUNDS):
            if not rewriting.make(repair_once(rewriting.text, context.move(rewriting.edits))):
                break
        else:
            if repair_once(rewriting.text, context.move(rewriting.edits)):
                return Findings(flags=(Flag("repair.unstable", "each repair makes another necessary"),))
        hints = (
            hint for line in suspect for rule in HINTS for hint in _find_in_line(rule, text, line, context)
        )
        return Findings(rewriting.edits, drop_taken(hints, rewriting.edits))


def repair_once(text: str, context: Context) -> list[Edit]:
    """The edits that the rules make of each suspect line."""
    edits = list(_HYPHEN_RULE.find(text, context)) if holds_line_end_hyphen(text) else []
    if not edits:
        for start, end in find_suspect_lines(text):
            edits += shift(_repair_line(text[start:end], context.at(start)), start)
    return edits


def _find_in_line(rule: BuiltinRule, text: str, line: tuple[int, int], context: Context) -> Iterator[Edit]:
    start, end = line
    return shift(rule.find(text[start:end], context.at(start)), start)


def _repair_line(line: str, context: Context) -> list[Edit]:
    rewriting = Rewriting(line)
    for rule in BEFORE_FTFY:
        rewriting.make(rule.find(rewriting.text, context))
    parts: list[Edit] = []
    start = 0
    for part in rewriting.text.split("\n"):
        inner = Rewriting(part)
        rewrite_as_ftfy(inner)
        parts += shift(inner.edits, start)
        start += len(part) + 1
    rewriting.make(parts)
    for rule in _LINE_RULES:
        rewriting.make(rule.find(rewriting.text, context))
    return rewriting.edits


def find_suspect_lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that some rule may change."""
    starts: set[int] = set()
    if text.isascii():
        starts.update(_starts_of(text, _ASCII_RE))
    elif GATE_HOLDS:
        if _is_mostly_foreign(text):
            starts.update(_starts_of_odd_lines(text, _ODD_RE))
            starts.update(_starts_of(text, MIXED_RE))
        else:
            starts.update(_starts_of_odd_lines(text, _ODD_OR_MIXED_RE))
    else:
        return list(_all_lines(text))
    if "&" in text:
        starts.update(_starts_of(text, _ENTITY_RE))
    if "?" in text:
        starts.update(_starts_of(text, QUESTION_RE))
    return [(start, _end_of_line(text, start)) for start in sorted(starts)]


def _starts_of(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Where the lines begin that the pattern matches in."""
    match = pattern.search(text)
    while match:
        position = match.start()
        yield text.rfind("\n", 0, position) + 1
        match = pattern.search(text, _end_of_line(text, position))


def _starts_of_odd_lines(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Where the lines begin that hold a character that always changes, mojibake or mixed alphabets."""
    position = 0
    line_start = line_end = -1
    line = ""
    while match := pattern.search(text, position):
        position = match.start()
        if not (_ALWAYS_RE.match(text, position) or _MIXED_HERE_RE.match(text, position)):
            if position >= line_end:
                line_start, line_end = text.rfind("\n", 0, position) + 1, _end_of_line(text, position)
                line = text[line_start:line_end]
            if not is_bad_around(line, position - line_start):
                position += 1
                continue
        yield text.rfind("\n", 0, position) + 1
        position = _end_of_line(text, position)


def _is_mostly_foreign(text: str) -> bool:
    """Whether most letters take two bytes or more in UTF-8, so that Latin letters are the rarer ones."""
    return len(text.encode("utf-8", "surrogatepass")) > 1.4 * len(text)


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _all_lines(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1

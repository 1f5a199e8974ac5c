"""Triggers: a regex or phrase is tried only on lines that hold a literal which it requires.

All literals of all rules are looked up at once, whatever their number, by their pieces of four bytes: a text
that lacks one of them does not hold the literal. What is found so is looked for in the text itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.core.matcher.view import View, cut_pieces
from cleaner.core.patterns.literals import read_needs
from cleaner.core.patterns.regex import Regex
from cleaner.core.rules import Rule
from cleaner.core.text import CJK, fold


class Trigger(NamedTuple):
    """A pattern of a rule, tried only on lines that hold one of ``literals`` (folded); None: on all lines.

    ``initials`` are the letters that a whole line which it matches can begin with; ``digit``: such a line
    holds a digit. The pattern of phrases is None where only whole sentences are meant.
    """

    order: int
    rule: Rule
    pattern: Regex | None
    literals: frozenset[str] | None
    initials: frozenset[str] | None = None
    digit: bool = False
    is_phrase: bool = False  # the literals are phrases, which stand between the edges of words


class Entry(NamedTuple):
    """A literal, the pieces that a text must have to hold it, and its triggers."""

    literal: str
    pieces: frozenset[int]
    triggers: tuple[Trigger, ...]


class Chance(NamedTuple):
    """A trigger, the lines that it could match, and those of its literals that occur (None: it has none)."""

    trigger: Trigger
    lines: Sequence[int]
    literals: Sequence[str] | None = None


def make_triggers(order: int, rule: Rule) -> Iterable[Trigger]:
    """The triggers of a rule, one for its phrases and sentences, one for each regex."""
    if rule.scope in ("sentence", "span") and (rule.lines or rule.inline):
        phrases = frozenset({*rule.lines, *map(fold, rule.inline)})
        pattern = phrase_pattern(rule.inline) if rule.inline else None
        yield Trigger(order, rule, pattern, phrases, is_phrase=True)
    for regex in rule.regex:
        needs = read_needs(regex)
        initials = needs.initials if rule.scope in ("line", "block") else None
        yield Trigger(order, rule, regex, needs.literals, initials, needs.digit)


class TriggerIndex:
    """Triggers by a piece of the literals that the text must hold for them; short literals have none."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        self._always = [trigger for trigger in triggers if trigger.literals is None]
        self._by_piece: dict[int, list[Entry]] = defaultdict(list)
        self._short: list[Entry] = []
        sharing: dict[str, list[Trigger]] = defaultdict(list)
        for trigger in triggers:
            for literal in sorted(trigger.literals or ()):
                sharing[literal].append(trigger)
        entries = [
            Entry(literal, frozenset(cut_pieces(literal)), tuple(having))
            for literal, having in sharing.items()
        ]
        counts = Counter(piece for entry in entries for piece in entry.pieces)
        for entry in entries:
            if entry.pieces:
                self._by_piece[_rarest(entry.pieces, counts)].append(entry)
            else:
                self._short.append(entry)

    def find(self, view: View) -> list[Chance]:
        """The triggers that the text gives a chance, with their lines, in the order of their rules."""
        found: dict[int, tuple[Trigger, list[str]]] = {}
        for entry in self._find_entries(view):
            if view.find_literal(entry.literal):
                for trigger in entry.triggers:
                    found.setdefault(id(trigger), (trigger, []))[1].append(entry.literal)
        chances = [
            Chance(trigger, view.find_literals(literals), literals) for trigger, literals in found.values()
        ]
        chances.extend(Chance(trigger, _lines_of(trigger, view)) for trigger in self._always)
        return sorted(chances, key=lambda chance: chance.trigger.order)

    def _find_entries(self, view: View) -> list[Entry]:
        """The entries that the pieces of the text do not rule out."""
        found = list(self._short)
        pieces = view.pieces if self._by_piece else set()
        for piece in pieces & self._by_piece.keys():
            found.extend([entry for entry in self._by_piece[piece] if entry.pieces <= pieces])
        return found


def _rarest(pieces: Iterable[int], counts: Mapping[int, int]) -> int:
    """The piece that fewest literals share."""
    return min(sorted(pieces), key=counts.__getitem__)


def _lines_of(trigger: Trigger, view: View) -> Sequence[int]:
    """The lines that a trigger without literals could match: those that begin well or hold a digit, else all."""
    if trigger.initials is not None:
        return sorted(number for char in trigger.initials for number in view.by_initial.get(char, ()))
    return view.with_digit if trigger.digit else view.filled


def phrase_pattern(phrases: Iterable[str]) -> Regex:
    """A pattern for phrases as they stand in prose, whatever the case, spaces and apostrophes."""
    alternatives = []
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        words = [re.escape(word).replace("'", "['\u2019]") for word in phrase.split()]
        alternatives.append(r"\s+".join(words))
    return Regex(
        rf"(?<!\w)(?i:{'|'.join(alternatives)})(?!\w)[.:!\uff1a]?|(?:(?=[{CJK}]){'|'.join(alternatives)})[:\uff1a]?"
    )

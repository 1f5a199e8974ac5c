"""The matcher: finds what rules say of a text, in layers, so that thousands of rules stay fast.

Each line is folded once. A dictionary answers for whole lines (``dictionary``); regexes and phrases are
tried only on lines that hold a literal which they require (``triggers``, then ``lines`` and
``sentences``); sections open only at a heading (``sections``), blocks only around lines of their kind
(``blocks``). What else must hold stands in ``guards`` and ``quotations``.
"""

from collections.abc import Iterable, Sequence

from cleaner.core.document import Context
from cleaner.core.matcher.blocks import Blocks
from cleaner.core.matcher.dictionary import LineDictionary
from cleaner.core.matcher.lines import find_regex_lines, find_shaped_lines, find_titles
from cleaner.core.matcher.sections import Sections
from cleaner.core.matcher.sentences import find_parts
from cleaner.core.matcher.triggers import Chance, TriggerIndex, make_triggers
from cleaner.core.matcher.view import Hit, View
from cleaner.core.rules import SCOPES, Rule
from cleaner.core.text import Line

__all__ = ["Hit", "Matcher"]

_SCOPE_ORDER = {"section": 0, "block": 1, "line": 2, "sentence": 3, "span": 3}
_TITLE = "first-headline"


class Matcher:
    """Rules compiled once for many texts. ``rules`` stand in order of precedence."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._order = {rule.id: number for number, rule in enumerate(self.rules)}
        whole = [rule for rule in self.rules if rule.scope == "line"]
        self._dictionary = LineDictionary(whole)
        self._titles = [rule for rule in whole if _TITLE in rule.shape]
        self._shaped = [rule for rule in whole if rule.shape and _TITLE not in rule.shape]
        self._blocks = Blocks((rule for rule in self.rules if rule.scope == "block"), self._dictionary.known)
        self._sections = Sections(
            (rule for rule in self.rules if rule.scope == "section"), self._dictionary.closing
        )
        self._triggers = TriggerIndex(
            [trigger for order, rule in enumerate(self.rules) for trigger in make_triggers(order, rule)]
        )

    def find(self, text: str, lines: Sequence[Line], context: Context) -> list[Hit]:
        """All hits, in order of precedence: section, block, line, span; then the order of the rules."""
        view = View(text, lines, context)
        chances: dict[str, list[Chance]] = {scope: [] for scope in SCOPES}
        for chance in self._triggers.find(view):
            chances[chance.trigger.rule.scope].append(chance)
        hits = [
            *self._dictionary.find(view),
            *find_regex_lines(view, chances["line"]),
            *find_shaped_lines(view, self._shaped),
        ]
        hits.extend(self._dictionary.find_labels(view, {hit.first for hit in hits}))
        hits.extend(self._sections.find(view))
        hits.extend(self._blocks.find(view, chances["block"]))
        hits.extend(find_parts(view, [*chances["sentence"], *chances["span"]]))
        hits.sort(key=lambda hit: (_SCOPE_ORDER[hit.rule.scope], self._order[hit.rule.id], hit.start))
        hits.extend(find_titles(view, self._titles, hits))
        return hits

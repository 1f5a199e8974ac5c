"""The matcher: finds what rules say of a text, in layers, so that thousands of rules stay fast.

Each line is folded once. A dictionary answers for whole lines; line regexes run only behind a length
gate and in the bucket of the line's first letter; sections open only at a trigger line; sentences,
phrases and spans are looked at only where a literal that they require occurs in the text.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cleaner.core.captures import read_captures
from cleaner.core.document import Context
from cleaner.core.literals import initial, initials, required_literals
from cleaner.core.rules import CLOSING_CATEGORIES, Requirement, Rule
from cleaner.core.shapes import SHAPES, ends_sentence, is_headline, is_prose
from cleaner.core.text import CJK, CJK_RE, WORD_RE, Line, count_words, find_vocabulary, fold, split_sentences

_BETWEEN_LABELS = " |/,&\N{MIDDLE DOT}\N{BULLET}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}-"
LONGEST_LABEL_LINE = 100  # code points of a line that may be made of labels only
DEFAULT_MAX_WORDS = 40  # of a line that a regex may match, unless the rule says otherwise
LONGEST_SEARCH = 4000  # code points of a line that a span's regex searches at once
PROSE_BEFORE_END = 3  # lines of prose before the end of a page, or there is no article that it could follow
FEWEST_SENTENCE_WORDS = 2
FEWEST_RUNNING_WORDS = 6
MOST_RUNNING_LINES = 3  # of wrapped prose that the end of a page may hold
_RUNNING_ENDS = (
    ",",
    ";",
    "\N{FULLWIDTH COMMA}",
    "\N{IDEOGRAPHIC COMMA}",
    "\N{ARABIC COMMA}",
    "\N{ARABIC SEMICOLON}",
)
LONGEST_WORD = 30  # code points; a gate on length before words are counted
# What is left over of a broken sentence: the mark that belongs to the words before it.
_LEFT_OVER_RE = re.compile(r"[,;)\u2019](?!\w)|\.(?:$|\s)")
_BREAKS_OFF_RE = re.compile(r"[\w,(\u2019'\u201c-]$")
_SCOPE_ORDER = {"section": 0, "block": 1, "line": 2, "sentence": 3, "span": 3}


class Hit(NamedTuple):
    """A rule's claim on ``text[start:end]``, which lies on the lines ``first`` to ``last``."""

    rule: Rule
    start: int
    end: int
    first: int
    last: int
    detail: Mapping[str, object] | None = None


class View:
    """One text as the matcher sees it; what only some rules ask for is computed when they ask."""

    def __init__(self, text: str, lines: Sequence[Line], context: Context) -> None:
        self.text = text
        self.lines = lines
        self.context = context
        self.filled = [number for number, line in enumerate(lines) if line.key or line.text.strip()]
        self._words: dict[int, int] = {}

    @cached_property
    def rank(self) -> dict[int, int]:
        """Line number to its ordinal among the lines that are not blank."""
        return {number: rank for rank, number in enumerate(self.filled)}

    @cached_property
    def prose_until(self) -> list[int]:
        """How many lines of prose stand before each filled line, and in the whole text."""
        return list(accumulate((is_prose(self.lines[n]) for n in self.filled), initial=0))

    @cached_property
    def running_until(self) -> list[int]:
        """How many lines of wrapped prose stand before each filled line, and in the whole text."""
        return list(accumulate((_runs_on(self.lines[n]) for n in self.filled), initial=0))

    @cached_property
    def sentences_until(self) -> list[int]:
        """How many lines that end as a sentence stand before each filled line, and in the whole text."""
        return list(accumulate((_is_sentence(self.lines[n]) for n in self.filled), initial=0))

    @cached_property
    def folded(self) -> str:
        """All keys in one string, to look for literals."""
        return "\n".join(line.key for line in self.lines)

    @cached_property
    def vocabulary(self) -> set[str]:
        """The folded words of the text."""
        return find_vocabulary(self.folded)

    @cached_property
    def key_starts(self) -> list[int]:
        """Where each line's key begins in ``folded``."""
        return list(accumulate((len(line.key) + 1 for line in self.lines), initial=0))

    def find_literals(self, literals: Iterable[str]) -> list[int]:
        """The numbers of the lines whose keys hold one of these strings."""
        found: set[int] = set()
        for literal in literals:
            position = self.folded.find(literal)
            while position >= 0:
                number = bisect_right(self.key_starts, position) - 1
                found.add(number)
                position = self.folded.find(literal, self.key_starts[number + 1])
        return sorted(found)

    def words(self, number: int) -> int:
        """How many words a line has."""
        if number not in self._words:
            self._words[number] = count_words(self.lines[number].text)
        return self._words[number]

    def is_fragment(self, first: int, last: int) -> bool:
        """Whether lines are the middle of a sentence that a scraper broke at its links.

        The line before breaks off and these go on in lower case, or the line after goes on in lower
        case or with the mark that was left over: ``You can`` / ``contact us`` / ``by mail.``
        """
        rank = self.rank[first]
        before = self.lines[self.filled[rank - 1]].text.rstrip() if rank > 0 else ""
        rank = self.rank[last]
        after = self.lines[self.filled[rank + 1]].text.lstrip() if rank + 1 < len(self.filled) else ""
        if _LEFT_OVER_RE.match(after) or (_goes_on(after) and after.count(" ") > 1):
            return True
        return (
            _goes_on(self.lines[first].text.lstrip())
            and before.count(" ") > 2
            and _BREAKS_OFF_RE.search(before) is not None
        )

    def neighbours(self, number: int) -> Iterator[Line]:
        """The lines before and after, blank ones passed over."""
        rank = self.rank[number]
        if rank > 0:
            yield self.lines[self.filled[rank - 1]]
        if rank + 1 < len(self.filled):
            yield self.lines[self.filled[rank + 1]]


class Trigger(NamedTuple):
    """A rule that is tried only where one of ``literals`` (folded) occurs; None: everywhere.

    ``initials`` are the letters that a matching line can begin with, for rules of scope line.
    """

    order: int
    rule: Rule
    patterns: tuple[re.Pattern[str], ...]
    literals: frozenset[str] | None
    initials: frozenset[str] | None = None


class Matcher:
    """Rules compiled once for many texts. ``rules`` stand in order of precedence."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._lines: dict[str, list[Rule]] = defaultdict(list)
        self._shaped: list[Rule] = []
        self._runs: list[Rule] = []
        self._anchors: list[Rule] = []
        self._starts: dict[str, list[Rule]] = defaultdict(list)
        self._titles: list[Rule] = []
        self._known: set[str] = set()
        self._closing: set[str] = set()
        self._ends: list[Rule] = []
        self._labels: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self._triggers: list[Trigger] = []
        self._order = {rule.id: number for number, rule in enumerate(self.rules)}
        for rule in self.rules:
            self._add(rule)
        for phrases in self._labels.values():
            phrases.sort(key=lambda entry: -len(entry[0]))
        self._by_word, self._by_literal = _index_triggers(self._triggers)

    def _add(self, rule: Rule) -> None:
        if rule.scope == "section":
            for key in rule.start:
                self._starts[key].append(rule)
            if "closing" in rule.shape:
                self._ends.append(rule)
        elif rule.scope == "block":
            (self._anchors if rule.above else self._runs).append(rule)
        elif rule.scope == "line":
            self._add_line(rule)
        else:
            self._add_triggered(rule)

    def _add_line(self, rule: Rule) -> None:
        for key in rule.lines:
            self._lines[key].append(rule)
            if rule.action == "remove" and rule.safety == "safe":
                self._known.add(key)
            if rule.action == "remove" and rule.safety == "safe" and not _is_placed(rule):
                self._labels[key.partition(" ")[0]].append((key, rule))
                if rule.category in CLOSING_CATEGORIES:
                    self._closing.add(key)
        if "first-headline" in rule.shape:
            self._titles.append(rule)
        elif rule.shape:
            self._shaped.append(rule)
        if rule.regex:
            starts = _unite(initials(pattern) for pattern in rule.regex)
            literals = _unite(required_literals(pattern) for pattern in rule.regex)
            self._triggers.append(Trigger(self._order[rule.id], rule, rule.regex, literals, starts))

    def _add_triggered(self, rule: Rule) -> None:
        order = self._order[rule.id]
        if rule.lines or rule.inline:
            patterns = (_phrase_pattern(rule.inline),) if rule.inline else ()
            phrases = frozenset({*rule.lines, *map(fold, rule.inline)})
            self._triggers.append(Trigger(order, rule, patterns, phrases))
        if rule.regex:
            literals = _unite(required_literals(pattern) for pattern in rule.regex)
            self._triggers.append(Trigger(order, rule, rule.regex, literals))

    def find(self, text: str, lines: Sequence[Line], context: Context) -> list[Hit]:
        """All hits, in order of precedence: section, block, line, span; then the order of the rules."""
        view = View(text, lines, context)
        triggers = self._find_triggers(view)
        hits = [
            *self._find_sections(view),
            *self._find_blocks(view),
            *self._find_lines(view, [trigger for trigger in triggers if trigger.rule.scope == "line"]),
            *self._find_triggered(view, [trigger for trigger in triggers if trigger.rule.scope != "line"]),
        ]
        hits.sort(key=lambda hit: (_SCOPE_ORDER[hit.rule.scope], self._order[hit.rule.id], hit.start))
        hits.extend(self._find_titles(view, hits))
        return hits

    # whole lines

    def _find_lines(self, view: View, triggers: Sequence[Trigger]) -> Iterator[Hit]:
        buckets: dict[str, list[Rule]] = defaultdict(list)
        loose = [trigger.rule for trigger in triggers if trigger.initials is None]
        for trigger in triggers:
            for char in trigger.initials or ():
                buckets[char].append(trigger.rule)
        for number in view.filled:
            line = view.lines[number]
            key = line.key
            found = False
            for rule, match in self._match_whole(
                line, view, (buckets.get(initial(line.text.strip()), ()), loose)
            ):
                if not self._guards_hold(rule, view, number):
                    continue
                if rule.action == "remove" and rule.category != "ad" and view.is_fragment(number, number):
                    continue
                found = True
                yield _line_hit(rule, view, number, match)
            if not found and len(key) <= LONGEST_LABEL_LINE and key.partition(" ")[0] in self._labels:
                labels = self._split_labels(line)
                if labels and not view.is_fragment(number, number):
                    detail = {"labels": [label for label, _ in labels]}
                    yield Hit(labels[0][1], *_line_span(view, number, number), number, number, detail)

    def _match_whole(
        self, line: Line, view: View, candidates: Iterable[Sequence[Rule]]
    ) -> Iterator[tuple[Rule, re.Match[str] | None]]:
        """The rules that know a whole line: by the dictionary, by a regex, by a shape."""
        for rule in () if is_spoken(line.text) else self._lines.get(line.key, ()):
            yield rule, None
        text = line.text.strip()
        for rules in candidates:
            for rule in rules:
                match = self._match_line(rule, text)
                if match:
                    yield rule, match
        for rule in self._shaped:
            if any(_fits(shape, line, view) for shape in rule.shape):
                yield rule, None

    def _match_line(self, rule: Rule, text: str) -> re.Match[str] | None:
        if len(text) > (rule.max_words or DEFAULT_MAX_WORDS) * LONGEST_WORD:
            return None
        for pattern in rule.regex:
            match = pattern.fullmatch(text)
            if match:
                return match
        return None

    def _split_labels(self, line: Line) -> list[tuple[str, Rule]] | None:
        """A line that consists of two or more labels and nothing else: ``Become a member Support us``."""
        labels: list[tuple[str, Rule]] = []
        rest = line.key
        while rest:
            for label, rule in self._labels.get(rest.partition(" ")[0], ()):
                if rest == label or rest.startswith(label + " "):
                    labels.append((label, rule))
                    rest = rest[len(label) :].lstrip(_BETWEEN_LABELS)
                    break
            else:
                return None
        refused = any(rule.not_regex is not None and rule.not_regex.search(line.text) for _, rule in labels)
        return labels if len(labels) > 1 and not refused and not is_spoken(line.text) else None

    def _guards_hold(self, rule: Rule, view: View, number: int) -> bool:
        line = view.lines[number]
        if rule.max_words is not None or rule.regex:
            most = rule.max_words or DEFAULT_MAX_WORDS
            if len(line.text) > most * LONGEST_WORD or (len(line.text) > most and view.words(number) > most):
                return False
        if rule.min_words is not None and view.words(number) < rule.min_words:
            return False
        if rule.not_regex is not None and rule.not_regex.search(line.text):
            return False
        if rule.within_first is not None and view.rank[number] >= rule.within_first:
            return False
        if rule.within_last is not None and len(view.filled) - view.rank[number] > rule.within_last:
            return False
        if rule.after_fraction is not None and view.rank[number] + 1 < rule.after_fraction * len(view.filled):
            return False
        return not rule.next_to or any(
            _fits(wanted, neighbour, view) if wanted in SHAPES else neighbour.key == wanted
            for neighbour in view.neighbours(number)
            for wanted in rule.next_to
        )

    # blocks

    def _find_blocks(self, view: View) -> Iterator[Hit]:
        for rule in self._runs:
            run: list[int] = []
            for number in [*view.filled, -1]:
                if number >= 0 and self._belongs(rule, view, number):
                    run.append(number)
                    continue
                for first, last in self._split_run(rule, run, view):
                    if rule.action == "remove" and view.is_fragment(first, last):
                        continue
                    yield Hit(rule, *_line_span(view, first, last), first, last)
                run = []
        for rule in self._anchors:
            for number in view.filled:
                if self._belongs(rule, view, number):
                    yield self._anchored_block(rule, view, number)

    def _split_run(self, rule: Rule, run: Sequence[int], view: View) -> Iterator[tuple[int, int]]:
        """First and last lines of the parts of a run that are long enough.

        Where a shape is required, so many different lines must have it, and a part reaches from the
        first to the last of them: what a menu only touches, the headline below it, is none of it.
        """
        if len(run) < rule.min_run:
            return
        if rule.requires is None:
            yield run[0], run[-1]
            return
        proven = [place for place, number in enumerate(run) if self._is_proof(rule, view.lines[number], view)]
        part: list[int] = []
        for place in [*proven, None]:
            if part and (place is None or place - part[-1] > rule.requires.every):
                keys = {view.lines[run[place]].key for place in part}
                if len(keys) >= rule.requires.min and part[-1] - part[0] + 1 >= rule.min_run:
                    yield run[part[0]], run[part[-1]]
                part = []
            if place is not None:
                part.append(place)

    def _is_proof(self, rule: Rule, line: Line, view: View) -> bool:
        """Whether a line of a run is of the required shape; ``known`` lines are furniture by themselves."""
        if rule.requires is None or rule.requires.shape != "known":
            return rule.requires is None or _fits(rule.requires.shape, line, view)
        return line.key in rule.lines or line.key in self._known

    def _belongs(self, rule: Rule, view: View, number: int) -> bool:
        line = view.lines[number]
        matched = (
            line.key in rule.lines
            or any(_fits(shape, line, view) for shape in rule.shape)
            or self._match_line(rule, line.text.strip()) is not None
        )
        return matched and self._guards_hold(rule, view, number)

    def _anchored_block(self, rule: Rule, view: View, number: int) -> Hit:
        """The anchor with the lines right above it, if these are few and set off by a blank line."""
        above = rule.above
        assert above is not None
        first = number
        while first > 0 and view.lines[first - 1].key and number - first <= above.max:
            first -= 1
        group = range(first, number)
        if len(group) > above.max or not all(_fits(above.shape, view.lines[n], view) for n in group):
            group = range(number, number)
        match = self._match_line(rule, view.lines[number].text.strip())
        captured = read_captures(rule, view.lines[number].text.strip(), match)
        if above.field and len(group):
            captured[above.field] = [view.lines[n].text.strip() for n in group]
        start, end = _line_span(view, group.start, number)
        return Hit(rule, start, end, group.start, number, {"captured": captured} if captured else None)

    # sections

    def _find_sections(self, view: View) -> Iterator[Hit]:
        if not self._starts and not self._ends:
            return
        closed = -1
        for number in view.filled:
            if number <= closed:
                continue
            key = view.lines[number].key
            opens_end = self._ends if key in self._closing and not view.is_fragment(number, number) else ()
            for rule in (*self._starts.get(key, ()), *opens_end):
                last = (
                    self._section_end(rule, view, number) if self._guards_hold(rule, view, number) else None
                )
                if last is not None:
                    yield Hit(rule, *_line_span(view, number, last), number, last)
                    closed = max(closed, last)

    def _section_end(self, rule: Rule, view: View, first: int) -> int | None:
        """The last line of a section that opens at ``first``; None where it is none after all."""
        rank = view.rank[first]
        members = view.filled[rank + 1 : rank + 1 + rule.max_lines]
        if rule.to_end:
            return self._page_end(rule, view, rank)
        last = None
        since = 0
        for position, number in enumerate(members):
            line = view.lines[number]
            if line.key in rule.until:
                return number if _occurs(rule.requires, members[:position], view) else None
            since = 0 if rule.requires and _fits(rule.requires.shape, line, view) else since + 1
            if rule.requires and since > rule.requires.every:
                break
            if rule.body and not any(_fits(shape, line, view) for shape in rule.body):
                break
            last = number
        if last is None or not rule.body or view.is_fragment(first, last):
            return None
        return last if _occurs(rule.requires, members[: members.index(last) + 1], view) else None

    def _page_end(self, rule: Rule, view: View, rank: int) -> int | None:
        """The last line of the document, if an article stands before this line and none behind it."""
        before, prose = view.prose_until[rank], view.prose_until[-1] - view.prose_until[rank + 1]
        if before < PROSE_BEFORE_END or prose > (1 if rule.max_sentences is None else 0):
            return None
        if view.running_until[-1] - view.running_until[rank + 1] > MOST_RUNNING_LINES:
            return None
        required = rule.requires
        if required is None or required.shape != "closing":
            proven = _occurs(required, view.filled[rank + 1 :], view)
        else:
            closing = [place for place in range(rank, len(view.filled)) if self._closes(rule, view, place)]
            keys = {view.lines[view.filled[place]].key for place in closing}
            proven = len(keys) >= required.min
            if rule.max_sentences is not None and closing:
                # Sentences that end the text are the story's; those of a page's end have a label behind them.
                proven = proven and view.sentences_until[-1] == view.sentences_until[closing[-1]]
        sentences = view.sentences_until[-1] - view.sentences_until[rank + 1]
        if not proven or (rule.max_sentences is not None and sentences > rule.max_sentences):
            return None
        return view.filled[-1]

    def _closes(self, rule: Rule, view: View, place: int) -> bool:
        """Whether a filled line is a label that closes pages, for this rule."""
        line = view.lines[view.filled[place]]
        known = line.key in self._closing or line.key in rule.start
        return known and not (rule.not_regex and rule.not_regex.search(line.text))

    # sentences, phrases and spans

    def _find_triggered(self, view: View, triggers: Sequence[Trigger]) -> Iterator[Hit]:
        sentences: dict[int, list[tuple[int, int]]] = {}
        for trigger in triggers:
            rule, literals = trigger.rule, trigger.literals
            for number in view.filled if literals is None else view.find_literals(literals):
                line = view.lines[number]
                if rule.scope == "sentence":
                    if number not in sentences:
                        sentences[number] = split_sentences(line.text)
                    yield from self._match_sentences(rule, view, number, sentences[number], literals)
                if rule.scope == "span" or rule.inline:
                    yield from self._match_spans(trigger, view, number)

    def _find_triggers(self, view: View) -> list[Trigger]:
        """The triggers whose literals occur in the text, in the order of their rules."""
        vocabulary, folded = view.vocabulary, view.folded
        found = {
            id(trigger): trigger
            for word in vocabulary & self._by_word.keys()
            for literal, words, trigger in self._by_word[word]
            if words <= vocabulary and literal in folded
        }
        for trigger in self._by_literal:
            if trigger.literals is None or any(literal in folded for literal in trigger.literals):
                found[id(trigger)] = trigger
        return sorted(found.values(), key=lambda trigger: trigger.order)

    def _match_sentences(
        self,
        rule: Rule,
        view: View,
        number: int,
        spans: Sequence[tuple[int, int]],
        literals: frozenset[str] | None,
    ) -> Iterator[Hit]:
        line = view.lines[number]
        for position, (start, end) in enumerate(spans):
            sentence = line.text[start:end].strip()
            if not sentence or is_quoted(line.text, start, end):
                continue
            key = fold(sentence)
            match = self._match_line(rule, sentence)
            known = key in rule.lines and not is_spoken(sentence)
            if not (match or known) or not self._sentence_guards_hold(rule, view, number, position, spans):
                continue
            captured = read_captures(rule, sentence, match)
            detail = {"captured": captured} if captured else None
            if len(spans) == 1:
                yield Hit(rule, *_line_span(view, number, number), number, number, detail)
            else:
                yield Hit(rule, *_span_in_line(line, start, end), number, number, detail)

    def _sentence_guards_hold(
        self, rule: Rule, view: View, number: int, position: int, spans: Sequence[tuple[int, int]]
    ) -> bool:
        line = view.lines[number]
        start, end = spans[position]
        sentence = line.text[start:end]
        words = count_words(sentence)
        if words > (rule.max_words or DEFAULT_MAX_WORDS) or (
            rule.min_words is not None and words < rule.min_words
        ):
            return False
        if rule.not_regex is not None and rule.not_regex.search(sentence):
            return False
        if rule.within_first is not None and view.rank[number] + position >= rule.within_first:
            return False
        if rule.within_last is not None:
            left = len(view.filled) - 1 - view.rank[number] + len(spans) - 1 - position
            if left >= rule.within_last:
                return False
        return rule.after_fraction is None or line.start + end >= rule.after_fraction * len(view.text)

    def _match_spans(self, trigger: Trigger, view: View, number: int) -> Iterator[Hit]:
        rule = trigger.rule
        line = view.lines[number]
        for pattern in trigger.patterns:
            for match in _find_all(pattern, line.text):
                if match.start() == match.end() or is_quoted(line.text, match.start(), match.end()):
                    continue
                if trigger.patterns is not rule.regex and not _stands_apart(line.text, *match.span()):
                    continue
                if rule.not_regex is not None and rule.not_regex.search(match.group()):
                    continue
                captured = read_captures(rule, match.group().strip(), match)
                detail: dict[str, object] = {"captured": captured} if captured else {}
                if rule.action == "replace":
                    detail["becomes"] = match.expand(rule.replacement)
                    span = line.start + match.start(), line.start + match.end()
                elif match.group().strip() == line.text.strip():
                    span = _line_span(view, number, number)
                else:
                    span = _span_in_line(line, match.start(), match.end())
                yield Hit(rule, *span, number, number, detail or None)

    # the title

    def _find_titles(self, view: View, hits: Sequence[Hit]) -> Iterator[Hit]:
        """The first line that no rule takes away, if it reads like a headline and prose follows."""
        if view.context.title is not None:
            return
        taken = {
            n
            for hit in hits
            if hit.rule.action in ("remove", "capture")
            for n in range(hit.first, hit.last + 1)
        }
        for rule in self._titles:
            left = [number for number in view.filled if number not in taken]
            if (
                len(left) < 2
                or not is_headline(view.lines[left[0]])
                or not self._guards_hold(rule, view, left[0])
            ):
                continue
            yield _line_hit(rule, view, left[0], None)


def _unite(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The union, None if any part is None."""
    united: frozenset[str] = frozenset()
    for part in parts:
        if part is None:
            return None
        united |= part
    return united


class Entry(NamedTuple):
    """A literal, the words that the text must hold for it, and the trigger that it belongs to."""

    literal: str
    words: frozenset[str]
    trigger: Trigger


def _index_triggers(triggers: Sequence[Trigger]) -> tuple[dict[str, list[Entry]], list[Trigger]]:
    """Triggers by a word that the text must hold for them, and those that no word can stand for.

    Of the words that each literal surely holds whole, the one that fewest rules share is chosen.
    """
    entries_of = [
        [
            Entry(literal, _whole_words(trigger, literal), trigger)
            for literal in sorted(trigger.literals or ())
        ]
        for trigger in triggers
    ]
    shared = Counter(word for entries in entries_of for entry in entries for word in entry.words)
    by_word: dict[str, list[Entry]] = defaultdict(list)
    by_literal: list[Trigger] = []
    for trigger, entries in zip(triggers, entries_of, strict=True):
        if trigger.literals is None or not all(entry.words for entry in entries):
            by_literal.append(trigger)
            continue
        for entry in entries:
            by_word[min(entry.words, key=lambda word: (shared[word], -len(word), word))].append(entry)
    return by_word, by_literal


def _whole_words(trigger: Trigger, literal: str) -> frozenset[str]:
    """The words of a literal that the text must hold as they are.

    A phrase stands between word boundaries; of a regex's literal the first and last word may go on.
    """
    if trigger.patterns is not trigger.rule.regex:
        return frozenset(WORD_RE.findall(literal))
    inner = [word for word in literal.split(" ")[1:-1] if WORD_RE.fullmatch(word)]
    return frozenset(inner + CJK_RE.findall(literal))


def _find_all(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches in a line; a very long line is searched in parts that end with sentences, to bound the time."""
    if len(text) <= LONGEST_SEARCH:
        yield from pattern.finditer(text)
        return
    start = 0
    for _, end in [*split_sentences(text), (0, len(text))]:
        if end - start >= LONGEST_SEARCH // 2 or end == len(text):
            for position in range(start, end, LONGEST_SEARCH):
                yield from pattern.finditer(text, position, min(position + LONGEST_SEARCH, end))
            start = end


def is_spoken(text: str) -> bool:
    """Whether a line is speech: behind the dash of a dialogue, or from quote to quote in guillemets.

    >>> is_spoken("\u2014 Share."), is_spoken("- Advertisement -"), is_spoken("\u00abRead on\u00bb"), is_spoken("Read on \u00bb")
    (True, False, True, False)
    """
    text = text.strip()
    dashed = text[:1] in ("\N{EM DASH}", "\N{EN DASH}") and text[-1:] not in (
        "\N{EM DASH}",
        "\N{EN DASH}",
        "-",
    )
    return (
        dashed
        or (text[:1] == "\u00ab" and text[-1:] == "\u00bb")
        or text[:1] in ("\u201e", "\u300c", "\u201c")
    )


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands inside a quotation, or in quotes of its own.

    >>> is_quoted('The sign read "Subscribe now" in red.', 15, 28)
    True
    >>> is_quoted('He said "no". Subscribe now', 14, 27)
    False
    """
    before = text[max(0, start - 600) : start]
    after = text[end : end + 1]
    opened = before.count("\N{LEFT DOUBLE QUOTATION MARK}") - before.count("\N{RIGHT DOUBLE QUOTATION MARK}")
    if before.count('"') % 2 == 1 and '"' in text[end : end + 600]:
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


def _phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for phrases as they stand in prose, whatever the case, spaces and apostrophes."""
    alternatives = []
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        words = [re.escape(word).replace("'", "['\u2019]") for word in phrase.split()]
        alternatives.append(r"\s+".join(words))
    return re.compile(
        rf"(?<!\w)(?i:{'|'.join(alternatives)})(?!\w)[.:!\uff1a]?|(?:(?=[{CJK}]){'|'.join(alternatives)})[:\uff1a]?"
    )


def _goes_on(text: str) -> bool:
    """Whether a text opens in lower case; names such as iPhone and eBay do not count."""
    return text[:1].islower() and not text[1:2].isupper()


_SENTENCE_MARKS = ".!?:;\u2026)]\"'\u201d\u2019\u00bb\u3002\uff01\uff1f\u300d\u300f\uff09\u0964\u061f\u06d4"


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether a phrase opens a sentence with a capital and a new sentence, or nothing, follows it.

    A phrase in the middle of a sentence, or in lower case, is spoken of, not left over.
    """
    before = text[max(0, start - 4) : start].rstrip()
    after = text[end : end + 4].lstrip()
    opens = not before or before[-1] in _SENTENCE_MARKS
    goes_on = bool(after) and (after[0].islower() or after[0] in ",;)")
    return opens and not text[start].islower() and not goes_on


def _fits(shape: str, line: Line, view: View) -> bool:
    if shape == "equals-title":
        return view.context.title is not None and line.key == fold(view.context.title)
    predicate: Callable[[Line], bool] = SHAPES[shape]
    return bool(line.key or line.text.strip()) and predicate(line)


def _is_sentence(line: Line) -> bool:
    return (
        ends_sentence(line.text)
        and count_words(line.text) >= FEWEST_SENTENCE_WORDS
        and not line.key.startswith(("\N{COPYRIGHT SIGN}", "copyright"))
    )


def _runs_on(line: Line) -> bool:
    """Whether a line is a part of prose that was wrapped: it opens in lower case or ends with a comma."""
    text = line.text.strip()
    return (_goes_on(text) or text.endswith(_RUNNING_ENDS)) and count_words(text) >= FEWEST_RUNNING_WORDS


def _occurs(requirement: Requirement | None, numbers: Sequence[int], view: View) -> bool:
    if requirement is None:
        return True
    return sum(_fits(requirement.shape, view.lines[n], view) for n in numbers) >= requirement.min


def _is_placed(rule: Rule) -> bool:
    """Whether a rule looks at position or neighbours, so that its lines are no labels on their own."""
    guards = (rule.within_first, rule.within_last, rule.after_fraction, rule.max_hits, rule.min_keep_words)
    return bool(rule.next_to) or any(guard is not None for guard in guards)


def _line_hit(rule: Rule, view: View, number: int, match: re.Match[str] | None) -> Hit:
    captured = read_captures(rule, view.lines[number].text.strip(), match)
    span = _line_span(view, number, number)
    detail: dict[str, object] = {"captured": captured} if captured else {}
    if rule.action == "replace":
        line = view.lines[number]
        detail["becomes"] = match.expand(rule.replacement) if match else rule.replacement
        span = line.start, line.end
    return Hit(rule, *span, number, number, detail or None)


def _line_span(view: View, first: int, last: int) -> tuple[int, int]:
    """Whole lines with the break that follows them; the last line of a text has none."""
    return view.lines[first].start, min(view.lines[last].end + 1, len(view.text))


def _span_in_line(line: Line, start: int, end: int) -> tuple[int, int]:
    """A part of a line with the spaces that would be left over."""
    text = line.text
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    if end == len(text):
        while start > 0 and text[start - 1] in " \t\u00a0":
            start -= 1
    return line.start + start, line.start + end

"""Sentences of a line, and phrases and spans within it: how cruft is found in articles without line breaks."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from cleaner.core.captures import read_captures
from cleaner.core.matcher.guards import SENTENCE_MARKS, longest_text, part_guards_hold, stands_apart
from cleaner.core.matcher.quotations import is_quoted, is_spoken
from cleaner.core.matcher.triggers import Chance, Trigger
from cleaner.core.matcher.view import Hit, View
from cleaner.core.patterns.regex import Regex, match_whole
from cleaner.core.rules import Rule
from cleaner.core.text import split_sentences

LONGEST_SEARCH = 4000  # code points of a line that a span's regex searches at once
LONGEST_TAIL = 6000  # code points at the end of a text in which the end of its page is looked for
_BULLETS = " *|>\N{BULLET}\N{MIDDLE DOT}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{LEFTWARDS ARROW}\N{EN DASH}-"
# The end of a sentence, not of an initial or of a word that companies and footers shorten.
_END_RE = re.compile(
    r"(?<!\b[A-Z])(?<!Inc)(?<!Ltd)(?<!Corp)(?<!\bCo)(?<!eserved)(?<!RESERVED)(?<!\b(?:St|vs|Mr|Dr|Jr|No|Ms))(?<!\bMrs)"
    r"[.!?\u2026][\"\u201d\u2019)]?(?=\s|$)"
)


def find_parts(view: View, chances: Iterable[Chance]) -> Iterator[Hit]:
    """Sentences and spans of all rules that have a chance."""
    for chance in chances:
        trigger = chance.trigger
        is_span = trigger.rule.scope == "span" or (trigger.is_phrase and trigger.pattern is not None)
        for number in chance.lines:
            if trigger.rule.scope == "sentence":
                yield from _find_sentences(chance, view, number)
            if trigger.rule.to_end and trigger.pattern is not None:
                yield from _find_tail(trigger.rule, trigger.pattern, view, number)
            elif is_span and trigger.pattern is not None:
                yield from _find_spans(trigger, trigger.pattern, view, number)


def _find_sentences(chance: Chance, view: View, number: int) -> Iterator[Hit]:
    """Whole sentences that stand in the rule's lines, or that its regex matches from end to end."""
    trigger, literals = chance.trigger, chance.literals
    rule = trigger.rule
    line = view.lines[number]
    longest = longest_text(rule.max_words)
    for sentence in view.sentences(number):
        if literals is not None and not any(literal in sentence.key for literal in literals):
            continue
        match = None
        if trigger.is_phrase:
            if sentence.key not in rule.lines or is_spoken(sentence.text):
                continue
        else:
            match = _match_first(trigger, sentence.text) if len(sentence.text) <= longest else None
            if match is None:
                continue
        if is_quoted(line.text, sentence.start, sentence.end):
            continue
        if part_guards_hold(rule, view, number, sentence.start, sentence.end):
            yield _claim_part(rule, view, number, (sentence.start, sentence.end), match)


def _match_first(trigger: Trigger, text: str) -> re.Match[str] | None:
    """The match of a trigger's regex, where no earlier regex of its rule matches the whole text, too."""
    pattern = trigger.pattern
    match = pattern.compiled.fullmatch(text) if pattern is not None else None
    if match is None:
        return None
    earlier = takewhile(lambda regex: regex != pattern, trigger.rule.regex)
    return match if match_whole(earlier, text) is None else None


def _find_spans(trigger: Trigger, pattern: Regex, view: View, number: int) -> Iterator[Hit]:
    """Parts of a line: phrases that stand as a sentence does, and whatever a span's regex matches."""
    rule = trigger.rule
    line = view.lines[number]
    for match in _find_all(pattern, line.text):
        start, end = match.span()
        if start == end or is_quoted(line.text, start, end):
            continue
        if trigger.is_phrase and not stands_apart(line.text, start, end):
            continue
        if part_guards_hold(rule, view, number, start, end):
            yield _claim_part(rule, view, number, (start, end), match)


def _find_tail(rule: Rule, pattern: Regex, view: View, number: int) -> Iterator[Hit]:
    """The end of a text without line breaks, from a label behind the end of a sentence to the last character.

    The last line only: in it so many different marks of a page's end must stand, and hardly a sentence.
    """
    if number != view.filled[-1]:
        return
    text = view.lines[number].text
    end = len(text.rstrip())
    first = _tail_start(text[:end], rule.max_sentences or 0)
    for match in pattern.finditer(text, max(first, end - LONGEST_TAIL), end):
        start = match.start()
        before = text[:start].rstrip(_BULLETS)
        if not before or before[-1] not in SENTENCE_MARKS or not _is_proven(rule, text, start, end):
            continue
        if not is_quoted(text, start, end) and part_guards_hold(rule, view, number, start, end):
            yield _claim_part(rule, view, number, (start, end), None)
            return


def _tail_start(text: str, ends: int) -> int:
    """Where the tail of a text with at most so many ends of sentences begins."""
    found = [match.end() for match in _END_RE.finditer(text, max(0, len(text) - LONGEST_TAIL))]
    return found[-ends - 1] if len(found) > ends else 0


def _is_proven(rule: Rule, text: str, start: int, end: int) -> bool:
    """Whether a tail holds as many different marks of a page's end as the rule requires."""
    required = rule.requires
    if required is None or required.regex is None:
        return False
    return len({match.group() for match in required.regex.finditer(text, start, end)}) >= required.min


def _claim_part(
    rule: Rule, view: View, number: int, span: tuple[int, int], match: re.Match[str] | None
) -> Hit:
    """A hit on a part of a line; what is removed takes its spaces along, what is replaced leaves them."""
    line = view.lines[number]
    text = line.text[slice(*span)]
    captured = read_captures(rule, text.strip(), match)
    detail: dict[str, object] = {"captured": captured} if captured else {}
    start, end = view.span_of_part(number, *span)
    if rule.action == "replace":
        detail["becomes"] = match.expand(rule.replacement) if match else rule.replacement
        start = line.start + span[0] + len(text) - len(text.lstrip())
        end = line.start + span[1] - len(text) + len(text.rstrip())
    return Hit(rule, start, end, number, number, detail or None)


def _find_all(pattern: Regex, text: str) -> Iterator[re.Match[str]]:
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

"""The hygiene of rule packs: what loads and passes its examples, and is still not as it should be.

A flaw names file, line and rule. Some make a rule useless or dangerous (a language that does not exist, lines
that it can never match, a regex that is slow or matches the empty text); others say that somebody looks at the
wrong rule (a double, a rule that stands in the shadow of an earlier one).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.matcher.guards import is_placed, longest_text
from cleaner.core.matcher.sentences import LONGEST_SEARCH
from cleaner.core.patterns.backtracking import find_risk
from cleaner.core.patterns.regex import Regex
from cleaner.core.patterns.steps import LONG, MOST_STEPS, Unmeasured, count_most_steps
from cleaner.core.rules import Rule
from cleaner.core.text import count_words, split_lines
from cleaner.packs import Pack

SERIOUS = ("language", "slow", "empty")  # kinds that must not stay; the others are for a person to weigh
KINDS = ("language", "never", "slow", "empty", "double", "shadowed")
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu"
)
LANGUAGES = frozenset(_ISO_639_1.split())


class Flaw(NamedTuple):
    """What is wrong with a rule: one of ``KINDS``, where, and in words what to do."""

    kind: str
    where: str
    rule: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: rule {self.rule}: {self.kind}: {self.says}"


def find_flaws(packs: Sequence[Pack]) -> list[Flaw]:
    """The flaws of all rules of these packs, in the order of the rules."""
    rules = [rule for pack in packs for rule in pack.rules]
    flaws: list[Flaw] = []
    for pack in packs:
        for rule in pack.rules:
            flaws.extend(_wrong_languages(rule, pack))
            flaws.extend(_never_matched(rule))
            flaws.extend(_slow_patterns(rule))
            flaws.extend(_empty_patterns(rule))
    flaws.extend(_doubles(rules))
    flaws.extend(_shadowed(rules))
    order = {rule.id: place for place, rule in enumerate(rules)}
    return sorted(flaws, key=lambda flaw: (order[flaw.rule], KINDS.index(flaw.kind), flaw.says))


def _flaw(kind: str, rule: Rule, says: str) -> Flaw:
    return Flaw(kind, rule.where, rule.id, says)


def _wrong_languages(rule: Rule, pack: Pack) -> Iterator[Flaw]:
    for code in sorted(rule.languages - LANGUAGES):
        yield _flaw("language", rule, f"{code!r} is no language of ISO 639-1")
    wider = rule.languages - pack.languages if pack.languages else frozenset()
    if wider:
        said = ", ".join(sorted(wider))
        yield _flaw("language", rule, f"{said} is not among the languages of its pack; widen the pack's")


def _never_matched(rule: Rule) -> Iterator[Flaw]:
    """Phrases that the rule's own guards, or the split into sentences, keep from ever matching."""
    if rule.max_words is not None and rule.min_words is not None and rule.min_words > rule.max_words:
        yield _flaw("never", rule, f"min_words {rule.min_words} is above max_words {rule.max_words}")
        return
    if rule.scope not in ("line", "sentence", "span"):
        most = rule.max_words if rule.max_words is not None else 1000
        for key in sorted(rule.lines | rule.start):
            if count_words(key) > most:
                yield _flaw("never", rule, f"{key!r} has more than max_words {most} words")
        return
    if is_placed(rule):
        return
    # A line that the rule's not_regex keeps is still one of the known lines of a menu.
    matcher = Matcher([replace(rule, not_regex=None)])
    for key in sorted(rule.lines):
        if not any(
            _hits(matcher, form) for form in (key, key[:1].upper() + key[1:], key.title(), key.upper())
        ):
            yield _flaw(
                "never", rule, f"{key!r} in lines is never matched: guards or its own marks forbid it"
            )
    for phrase in rule.inline:
        if not _hits(matcher, f"He left. {phrase[:1].upper()}{phrase[1:]} The win came late."):
            yield _flaw(
                "never", rule, f"{phrase!r} in inline is never matched: guards or its own marks forbid it"
            )


def _hits(matcher: Matcher, text: str) -> bool:
    return bool(matcher.find(text, split_lines(text), Context()))


def _slow_patterns(rule: Rule) -> Iterator[Flaw]:
    for key, patterns in (("regex", rule.regex), ("not_regex", (rule.not_regex,) if rule.not_regex else ())):
        anywhere = key == "not_regex" or rule.scope == "span"
        longest = LONGEST_SEARCH if rule.scope == "span" else longest_text(rule.max_words)
        for pattern in patterns:
            says = _why_slow(pattern, longest, anywhere)
            if says:
                yield _flaw("slow", rule, f"{key} {pattern.pattern[:40]!r}...: {says}")


def _empty_patterns(rule: Rule) -> Iterator[Flaw]:
    """Regexes all of whose parts are optional: they ask nothing of a line."""
    for pattern in rule.regex:
        if pattern.fullmatch("") is not None:
            says = f"regex {pattern.pattern[:40]!r}... matches the empty text: not all of its parts may be optional"
            yield _flaw("empty", rule, says)


def _why_slow(pattern: Regex, longest: int, anywhere: bool) -> str | None:
    try:
        risk = find_risk(pattern.compiled, longest=longest, anywhere=anywhere)
        if risk or count_most_steps(pattern, anywhere=anywhere) <= MOST_STEPS:
            return risk
    except re.error as error:
        return f"bad regex: {error}"
    except Unmeasured:
        return None
    return f"more than {MOST_STEPS:,} steps on a text of {LONG} characters; use (?>...) or simpler parts"


def _doubles(rules: Sequence[Rule]) -> Iterator[Flaw]:
    """The same phrase or regex in two rules that do the same for documents of one language."""
    first: dict[tuple[object, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.scope == "block":  # one word stands in menus of many kinds
            continue
        entries: list[tuple[str, object]] = [("lines", key) for key in sorted(rule.lines)]
        entries += [("start", key) for key in sorted(rule.start)]
        entries += [("inline", phrase.casefold()) for phrase in rule.inline]
        entries += [("regex", pattern) for pattern in rule.regex]
        for kind, entry in entries:
            place = (rule.scope, kind, entry)
            for earlier in first[place]:
                if _act_alike(earlier, rule):
                    shown = entry.pattern if isinstance(entry, Regex) else entry
                    yield _flaw("double", rule, f"{kind} {str(shown)[:60]!r} stands in {earlier.id}, too")
                    break
            first[place].append(rule)


def _act_alike(earlier: Rule, later: Rule) -> bool:
    """Whether an earlier rule leaves nothing of a common match to a later one."""
    if earlier.id == later.id or (earlier.action, earlier.safety) != (later.action, later.safety):
        return False
    if (earlier.languages, earlier.sites) != (later.languages, later.sites):
        return False  # a pack is whole by itself, whatever the packs for all languages say
    return not is_placed(earlier) or _guards(earlier) == _guards(later)


def _guards(rule: Rule) -> tuple[object, ...]:
    return (
        rule.min_run, rule.requires, rule.max_words, rule.min_words, rule.not_regex, rule.within_first,
        rule.within_last, rule.after_fraction, rule.next_to, rule.max_hits, rule.min_keep_words,
    )  # fmt: skip


def _shadowed(rules: Sequence[Rule]) -> Iterator[Flaw]:
    """Rules all of whose hits an earlier rule of the same scope takes already."""
    order = {rule.id: place for place, rule in enumerate(rules)}
    hidden = frozenset(rule.id for rule in rules if rule.sites or rule.to_end or is_placed(rule))
    matchers: dict[frozenset[str], Matcher] = {}
    for rule in rules:
        if rule.action == "note":
            continue
        if rule.languages not in matchers:
            spoken = [other for other in rules if not other.languages or rule.languages <= other.languages]
            matchers[rule.languages] = Matcher(
                spoken if rule.languages else [r for r in rules if not r.languages]
            )
        takers = [_takers(matchers[rule.languages], rule, example.text) for example in rule.hits]
        shared = set.intersection(*takers) if takers else set()
        earlier = sorted((id for id in shared - hidden if order[id] < order[rule.id]), key=order.__getitem__)
        if earlier:
            yield _flaw("shadowed", rule, f"{earlier[0]} takes all of its hits already")


def _takers(matcher: Matcher, rule: Rule, text: str) -> set[str]:
    """The rules of one scope, action and safety that claim what ``rule`` claims of a text."""
    hits = matcher.find(text, split_lines(text), Context())
    own = [hit for hit in hits if hit.rule.id == rule.id]
    return {
        other.rule.id
        for other in hits
        if (other.rule.scope, other.rule.action, other.rule.safety) == (rule.scope, rule.action, rule.safety)
        and other.rule.id != rule.id
        and own
        and all(
            any(o.rule.id == other.rule.id and o.start <= h.start and h.end <= o.end for o in hits)
            for h in own
        )
    }

"""The judgment on two paragraphs: is one of them redundant, which, and why.

A fixed threshold cannot tell a copy from an update. The judgment strips what scrapers glue to a
paragraph, aligns what remains, and asks of either side whether the other states all of it. Only a
*covered* paragraph may go, and the one that covers it is kept:

=========  ==========================================================================
same       one side is covered by the other, and they are alike (``SAME_SIMILARITY``)
contained  one side is covered by a much longer one: a quotation, a split paragraph
update     the same report with other figures or dates
reworded   alike, but each side states something of its own in other words
template   the same frame about another subject: a caption, a market line, a byline
different  anything else, also one that says the opposite
=========  ==========================================================================

>>> judge("The mayor resigned on Friday after a vote in the council.",
...       "AdvertisementThe mayor resigned on Friday after a vote in the council.").verdict
'same'
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from cleaner.core.comparison.artefacts import Stripped, strip_artefacts
from cleaner.core.comparison.facts import Comparison, Conflict, OpenEnds, compare_facts
from cleaner.core.comparison.similarity import containment, jaccard, shingle
from cleaner.core.comparison.tokens import Token, read_tokens

Verdict = Literal["same", "contained", "update", "reworded", "template", "different"]
Side = Literal["a", "b"]

VERDICTS: tuple[Verdict, ...] = ("same", "contained", "update", "reworded", "template", "different")
SAME_WORDS = "the same words"
MIN_WORDS = 8  # shorter paragraphs are never duplicates: "Yes." in an interview, a refrain
SAME_SIMILARITY = 0.6
EMBEDDED_WORDS = 3  # with so many words before it, a paragraph is quoted, not repeated ...
EMBEDDED_SIMILARITY = 0.85  # ... unless the two are all but equal
SAME_LENGTH = 0.75  # a covered side of nearly the other's length is a copy, however many words are masked
ALIKE_SIMILARITY = 0.35
ALIKE_CONTAINMENT = 0.6
PASSAGE_WORDS = 10  # a shared run of so many words is a quotation where the rest differs ...
PASSAGE_SHARE = 0.7  # ... if it is so much of all that is shared ...
PASSAGE_OWN = 5  # ... and either side has so many words of its own
RUN_WORDS = 3  # covered text lies in runs of at least so many words on average


class Judgment(NamedTuple):
    """What was decided on a pair: ``kept`` is the side to keep, ``redundant`` the side that may go."""

    verdict: Verdict
    similarity: float
    containment: float
    kept: Side
    redundant: Side | None
    reason: str

    def removed(self, verdicts: tuple[str, ...] = ("same",)) -> Side | None:
        """The side that goes when these verdicts are removed; None when both stay."""
        return self.redundant if self.verdict in verdicts else None


class Reading(NamedTuple):
    """A paragraph prepared for judging, so that one that meets many candidates is read once."""

    stripped: Stripped
    tokens: list[Token]
    shingles: frozenset[tuple[str, ...]]

    @property
    def open_ends(self) -> OpenEnds:
        """Where the paragraph is torn off."""
        return OpenEnds(head=self.stripped.torn, tail=self.stripped.cut)

    @property
    def order(self) -> tuple[int, int, int, int]:
        """The smaller stays: less damage, more words, less cruft, more of a dateline or credit."""
        return self.stripped.damage, -len(self.tokens), self.stripped.cruft, -self.stripped.told


def read_paragraph(text: str, like: Reading | None = None) -> Reading:
    """What judging needs of one paragraph; one that is ``like`` another, but for artefacts, is quickly read."""
    stripped = strip_artefacts(text)
    if like is not None and like.stripped.text == stripped.text:
        return like._replace(stripped=stripped)
    tokens = read_tokens(stripped.text)
    return Reading(stripped, tokens, shingle([token.key for token in tokens]))


def judge(a: str, b: str) -> Judgment:
    """Judge two paragraphs.

    >>> judge("Shares of the bank fell 3 percent to 41 euros on Tuesday.",
    ...       "Shares of the bank fell 7 percent to 38 euros on Friday.").verdict
    'update'
    """
    return judge_readings(read_paragraph(a), read_paragraph(b))


def judge_readings(a: Reading, b: Reading, prefer: Side | None = None) -> Judgment:
    """Judge two paragraphs that were already read; the order of the two changes only the side named.

    Where either would do, the one is kept that ``prefer`` names, else the one that comes first in
    :attr:`Reading.order`, else ``a``.
    """
    similarity = jaccard(a.shingles, b.shingles)
    contained = containment(a.shingles, b.shingles)
    preferred: Side = prefer or ("a" if a.order <= b.order else "b")
    if min(len(a.tokens), len(b.tokens)) < MIN_WORDS:
        return Judgment("different", similarity, contained, preferred, None, f"fewer than {MIN_WORDS} words")
    if not a.shingles & b.shingles:
        return Judgment("different", similarity, contained, preferred, None, "nothing in common")
    comparison = _compare(a, b)
    if comparison is None:
        return Judgment(
            "reworded", similarity, contained, preferred, None, "too long to compare word by word"
        )
    lead = comparison.a_head - comparison.b_head  # words of the one before the other begins
    sides: list[tuple[Side, Side, tuple[Conflict, ...], float, Reading, Reading, int]] = [
        ("a", "b", comparison.b_unmet, comparison.b_shared, a, b, lead),
        ("b", "a", comparison.a_unmet, comparison.a_shared, b, a, -lead),
    ]
    if preferred == "b":
        sides.reverse()
    for kept, redundant, unmet, share, keeper, other, ahead in sides:
        if not unmet and _is_held(share, comparison.runs, len(other.tokens)):
            mutual = not comparison.a_unmet and not comparison.b_unmet
            embedded = not mutual and ahead >= EMBEDDED_WORDS and similarity < EMBEDDED_SIMILARITY
            alike = (
                similarity >= SAME_SIMILARITY
                or mutual
                or len(other.tokens) >= SAME_LENGTH * len(keeper.tokens)
            )
            verdict: Verdict = "same" if alike and not embedded else "contained"
            reason = _explain_cover(verdict, kept, redundant, a, b)
            return Judgment(verdict, similarity, contained, kept, redundant, reason)
    if _holds_passage(comparison, len(a.tokens), len(b.tokens)):
        reason = f"a passage of {comparison.longest} words stands in both, and both say more"
        return Judgment("contained", similarity, contained, preferred, None, reason)
    verdict, reason = _name_difference(comparison, similarity, contained)
    return Judgment(verdict, similarity, contained, preferred, None, reason)


def _comes_first(a: Reading, b: Reading) -> bool:
    """Whether ``a`` stands before ``b`` in the order of keepers; their text breaks a tie."""
    return (a.order, a.stripped.text) < (b.order, b.stripped.text)


def _compare(a: Reading, b: Reading) -> Comparison | None:
    """Compare two readings; which of them is named first makes no difference to what is found."""
    if _comes_first(b, a):
        comparison = compare_facts(b.tokens, a.tokens, b.open_ends, a.open_ends)
        return None if comparison is None else comparison.swap()
    return compare_facts(a.tokens, b.tokens, a.open_ends, b.open_ends)


def _is_held(share: float, runs: int, words: int) -> bool:
    """Whether enough of the covered side stands in the other, and in few enough pieces."""
    return share >= 0.7 and share * words >= RUN_WORDS * runs


def _holds_passage(comparison: Comparison, words: int, other_words: int) -> bool:
    """Whether most of what two share is one run, and both have text of their own around it."""
    shared = comparison.a_shared * words
    own = min(words, other_words) - shared
    return comparison.longest >= max(PASSAGE_WORDS, PASSAGE_SHARE * shared) and own >= PASSAGE_OWN


def _explain_cover(verdict: Verdict, kept: Side, redundant: Side, a: Reading, b: Reading) -> str:
    keeper, other = (a, b) if kept == "a" else (b, a)
    if verdict == "contained":
        return f"all of {redundant} stands in {kept}, which is longer"
    if other.stripped.damage > keeper.stripped.damage:
        return f"the same text; {redundant} is masked, cut or garbled"
    if [token.key for token in keeper.tokens] == [token.key for token in other.tokens]:
        return SAME_WORDS
    return f"{kept} states all that {redundant} states"


_KIND_ORDER = (
    "negation",
    "antonym",
    "figure",
    "date",
    "unit",
    "name",
    "hedge",
    "qualifier",
    "tense",
    "voice",
    "connective",
    "text",
)


def _name_difference(comparison: Comparison, similarity: float, contained: float) -> tuple[Verdict, str]:
    conflicts = list(dict.fromkeys([*comparison.a_unmet, *comparison.b_unmet]))
    if similarity < ALIKE_SIMILARITY and contained < ALIKE_CONTAINMENT:
        return "different", "little in common"
    if not conflicts:
        return "reworded", "the shared words lie scattered"
    kinds = {conflict.kind for conflict in conflicts}
    worst = min(conflicts, key=lambda conflict: _KIND_ORDER.index(conflict.kind))
    if kinds & {"negation", "antonym", "hedge", "qualifier", "connective"}:
        verdict: Verdict = "different"
    elif "name" in kinds:
        verdict = "template"
    elif kinds & {"figure", "date", "unit"}:
        verdict = "update"
    else:
        verdict = "reworded"
    return verdict, _explain_conflict(worst)


def _explain_conflict(conflict: Conflict) -> str:
    if conflict.a and conflict.b:
        return f"{conflict.kind}: {conflict.a!r} against {conflict.b!r}"
    return f"{conflict.kind}: only one says {conflict.a or conflict.b!r}"


class Judged(NamedTuple):
    """A judged pair: which is kept, which would go, where both stand in the order of keepers."""

    kept: int
    other: int
    rank: tuple[object, ...]  # of the kept one, then of the other: total, so that no tie is left to chance
    judgment: Judgment


def choose_removals(pairs: Iterable[Judged], verdicts: Sequence[str]) -> tuple[list[Judged], list[Judged]]:
    """The pairs whose other side goes, and those that are only listed.

    A side goes only if it was judged against one that stays, never through a chain: a keeper cannot
    go any more, and one that went keeps nothing.
    """
    gone: set[int] = set()
    keepers: set[int] = set()
    removals: list[Judged] = []
    listed: list[Judged] = []
    for pair in sorted(pairs, key=lambda pair: pair.rank):
        if pair.kept in gone or pair.other in gone:
            continue
        if pair.judgment.removed(tuple(verdicts)) is None or pair.other in keepers:
            listed.append(pair)
            continue
        removals.append(pair)
        gone.add(pair.other)
        keepers.add(pair.kept)
    return removals, [pair for pair in listed if pair.kept not in gone and pair.other not in gone]


class PairRow(NamedTuple):
    """Two paragraphs of a labelled file."""

    id: str
    a: str
    b: str


def judge_pair(pair: PairRow, removed_verdicts: Sequence[str] = ("same",)) -> dict[str, object]:
    """One answer of ``cleaner duplicates judge``: what would be removed of a pair, and why.

    ``removed`` is the side that goes under these verdicts, null where both stay. ``redundant`` and ``kept``
    name the side that could go, and the one that would stay for it, whatever verdicts are removed.

    >>> judge_pair(PairRow("1", "The bridge was closed on Friday after the storm.",
    ...                    "The bridge was closed on Friday after the storm. ##"))["removed"]
    'b'
    """
    judgment = judge(pair.a, pair.b)
    removed = judgment.removed(tuple(removed_verdicts))
    return {
        "id": pair.id,
        "verdict": judgment.verdict,
        "removed": removed,
        "kept": None if judgment.redundant is None else judgment.kept,
        "redundant": judgment.redundant,
        "similarity": round(judgment.similarity, 4),
        "containment": round(judgment.containment, 4),
        "reason": judgment.reason,
    }

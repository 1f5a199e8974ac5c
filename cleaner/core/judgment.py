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

from typing import Literal, NamedTuple

from cleaner.core.artefacts import Stripped, strip_artefacts
from cleaner.core.facts import Comparison, Conflict, Token, compare_facts, read_tokens
from cleaner.core.similarity import containment, jaccard, shingle

Verdict = Literal["same", "contained", "update", "reworded", "template", "different"]
Side = Literal["a", "b"]

VERDICTS: tuple[Verdict, ...] = ("same", "contained", "update", "reworded", "template", "different")
MIN_WORDS = 8  # shorter paragraphs are never duplicates: "Yes." in an interview, a refrain
SAME_SIMILARITY = 0.6
EMBEDDED_WORDS = 3  # with so many words before and behind it, a paragraph is quoted, not repeated ...
EMBEDDED_SIMILARITY = 0.85  # ... unless the two are all but equal
ALIKE_SIMILARITY = 0.35
ALIKE_CONTAINMENT = 0.6
PASSAGE_WORDS = 12  # a shared run of so many words is a quotation, even where the rest differs
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
    def order(self) -> tuple[int, int, int]:
        """The smaller stays: less damage, more words, fewer artefacts."""
        return self.stripped.damage, -len(self.tokens), self.stripped.artefacts


def read_paragraph(text: str) -> Reading:
    """What judging needs of one paragraph."""
    stripped = strip_artefacts(text)
    tokens = read_tokens(stripped.text)
    return Reading(stripped, tokens, shingle([token.key for token in tokens]))


def judge(a: str, b: str) -> Judgment:
    """Judge two paragraphs.

    >>> judge("Shares of the bank fell 3 percent to 41 euros on Tuesday.",
    ...       "Shares of the bank fell 7 percent to 38 euros on Friday.").verdict
    'update'
    """
    return judge_readings(read_paragraph(a), read_paragraph(b))


def judge_readings(a: Reading, b: Reading) -> Judgment:
    """Judge two paragraphs that were already read; the order of the two changes only the side named."""
    similarity = jaccard(a.shingles, b.shingles)
    contained = containment(a.shingles, b.shingles)
    preferred: Side = "a" if a.order <= b.order else "b"
    if min(len(a.tokens), len(b.tokens)) < MIN_WORDS:
        return Judgment("different", similarity, contained, preferred, None, f"fewer than {MIN_WORDS} words")
    if not a.shingles & b.shingles:
        return Judgment("different", similarity, contained, preferred, None, "nothing in common")
    swapped = b.order < a.order
    # From here on the first is the one that is kept where both would do.
    first: Side = "b" if swapped else "a"
    second: Side = "a" if swapped else "b"
    longer, shorter = (b, a) if swapped else (a, b)
    comparison = compare_facts(
        longer.tokens, shorter.tokens, a_cut=longer.stripped.cut, b_cut=shorter.stripped.cut
    )
    if comparison is None:
        return Judgment(
            "reworded", similarity, contained, preferred, None, "too long to compare word by word"
        )
    for kept, redundant, unmet, share, text, edges in (
        (first, second, comparison.b_unmet, comparison.b_shared, shorter, comparison.a_edges),
        (second, first, comparison.a_unmet, comparison.a_shared, longer, comparison.b_edges),
    ):
        if not unmet and _is_held(share, comparison.runs, len(text.tokens)):
            embedded = min(edges) >= EMBEDDED_WORDS and similarity < EMBEDDED_SIMILARITY
            verdict: Verdict = "same" if similarity >= SAME_SIMILARITY and not embedded else "contained"
            reason = _explain_cover(verdict, kept, redundant, a, b)
            return Judgment(verdict, similarity, contained, kept, redundant, reason)
    verdict, reason = _name_difference(comparison, similarity, contained)
    return Judgment(verdict, similarity, contained, first, None, reason)


def _is_held(share: float, runs: int, words: int) -> bool:
    """Whether enough of the covered side stands in the other, and in few enough pieces."""
    return share >= 0.7 and share * words >= RUN_WORDS * runs


def _explain_cover(verdict: Verdict, kept: Side, redundant: Side, a: Reading, b: Reading) -> str:
    keeper, other = (a, b) if kept == "a" else (b, a)
    if verdict == "contained":
        return f"all of {redundant} stands in {kept}, which is longer"
    if other.stripped.damage > keeper.stripped.damage:
        return f"the same text; {redundant} is masked, cut or garbled"
    if [token.key for token in keeper.tokens] == [token.key for token in other.tokens]:
        return "the same words"
    return f"{kept} states all that {redundant} states"


_KIND_ORDER = ("negation", "antonym", "figure", "date", "unit", "name", "hedge", "qualifier", "text")


def _name_difference(comparison: Comparison, similarity: float, contained: float) -> tuple[Verdict, str]:
    conflicts = list(dict.fromkeys([*comparison.a_unmet, *comparison.b_unmet]))
    if similarity < ALIKE_SIMILARITY and contained < ALIKE_CONTAINMENT:
        if comparison.longest >= PASSAGE_WORDS:
            return "contained", f"a passage of {comparison.longest} words stands in both, more on either side"
        return "different", "little in common"
    if not conflicts:
        return "reworded", "the shared words lie scattered"
    kinds = {conflict.kind for conflict in conflicts}
    worst = min(conflicts, key=lambda conflict: _KIND_ORDER.index(conflict.kind))
    if kinds & {"negation", "antonym", "hedge", "qualifier"}:
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

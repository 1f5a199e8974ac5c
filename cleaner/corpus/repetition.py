"""Boilerplate by repetition: lines that recur over many documents of one site are cruft, not duplicates.

Of a duplicate one copy is kept, of boilerplate none. What recurs may also be the name of a section
("Politics") or a place ("Berlin") that a site puts into many articles, so a short line must recur in
far more documents than a sentence does.

>>> pages = [("site", f"d{n}", f"Story {n} of the day, told at length by the desk\\nSign up for our daily letter here\\n")
...          for n in range(12)]
>>> [(line.text, line.documents) for line in find_repetitions(lambda: pages)]
[('Sign up for our daily letter here', 12)]
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.core.shapes import ends_sentence
from cleaner.core.text import count_words, split_lines

MIN_DOCUMENTS = 5
SENTENCE_WORDS = 5  # a line of so many words is a sentence of the house, a shorter one may be a name
SENTENCE_SHARE = 0.2  # of the site's documents that hold the line
NAME_SHARE = 0.6
PROSE_WORDS = 15  # a sentence of so many words may be the background that a series of reports repeats
MIN_PROSE_DOCUMENTS = 10
PROSE_SHARE = 0.5
MOST_RECURRING = 0.5  # of a document's words; with more it is a copy or a version of another
MAX_WORDS = 120  # a longer paragraph that recurs is syndicated text


class Repetition(NamedTuple):
    """A line that recurs on a site: how many documents hold it, of how many."""

    site: str
    key: str
    text: str  # as the smallest document id has it
    documents: int
    site_documents: int

    @property
    def share(self) -> float:
        """The share of the site's documents that hold the line."""
        return self.documents / self.site_documents


@dataclass(slots=True)
class _Count:
    documents: int
    first: str
    text: str


def find_repetitions(read_documents: Callable[[], Iterable[tuple[str, str, str]]]) -> list[Repetition]:
    """The boilerplate lines of each site, from ``(site, document id, text)``; most frequent first.

    The documents are read twice, in any order. A document of which half the words recur is a copy or a
    version of another one, not a witness: five versions of a report must not make its paragraphs boilerplate.
    """
    suspects, _ = _count_lines(read_documents(), None)
    witnesses = (
        (site, document, text)
        for site, document, text in read_documents()
        if _share_of_words(text, site, suspects) <= MOST_RECURRING
    )
    counts, totals = _count_lines(witnesses, suspects)
    found = [
        Repetition(site, key, count.text, count.documents, totals[site])
        for (site, key), count in counts.items()
        if _is_boilerplate(key, count.text, count.documents, totals[site])
    ]
    return sorted(found, key=lambda line: (line.site, -line.documents, line.key))


def _count_lines(
    documents: Iterable[tuple[str, str, str]], suspects: Collection[tuple[str, str]] | None
) -> tuple[dict[tuple[str, str], _Count], dict[str, int]]:
    """How many documents hold each line of each site, if it is a suspect, and how many documents sites have.

    Lines that too few documents hold are left out.
    """
    counts: dict[tuple[str, str], _Count] = {}
    totals: dict[str, int] = {}
    for site, document, text in documents:
        totals[site] = totals.get(site, 0) + 1
        seen: dict[str, str] = {}
        for line in split_lines(text):
            if line.key and (suspects is None or (site, line.key) in suspects):
                seen.setdefault(line.key, line.text.strip())
        for key, written in seen.items():
            count = counts.get((site, key))
            if count is None:
                counts[site, key] = _Count(1, document, written)
                continue
            count.documents += 1
            if document < count.first:
                count.first, count.text = document, written
    return {place: count for place, count in counts.items() if count.documents >= MIN_DOCUMENTS}, totals


def _share_of_words(text: str, site: str, suspects: Collection[tuple[str, str]]) -> float:
    """The share of a text's words that stand in lines which recur."""
    words = recurring = 0
    for line in split_lines(text):
        count = count_words(line.text)
        words += count
        recurring += count if (site, line.key) in suspects else 0
    return recurring / words if words else 0.0


def _is_boilerplate(key: str, text: str, documents: int, site_documents: int) -> bool:
    words = count_words(key)
    if words > MAX_WORDS:
        return False
    share = documents / site_documents
    if words < SENTENCE_WORDS:
        return share >= NAME_SHARE
    if words >= PROSE_WORDS and ends_sentence(text):
        return documents >= MIN_PROSE_DOCUMENTS and share >= PROSE_SHARE
    return share >= SENTENCE_SHARE


def find_repeated_lines(
    text: str, site: str | None, repetitions: Mapping[tuple[str, str], Repetition]
) -> list[int]:
    """The lines of a text, from 1, that are boilerplate of its site; ``repetitions`` are by site and key.

    The first line, which may be the title, stays, and so does a text that is nothing else.
    """
    if site is None:
        return []
    lines = split_lines(text)
    found = [number for number, line in enumerate(lines, 1) if (site, line.key) in repetitions and number > 1]
    return found if len(found) < sum(1 for line in lines if line.key) else []

"""Boilerplate by repetition: lines that recur over many documents of one site are cruft, not duplicates.

Of a duplicate one copy is kept, of boilerplate none. What recurs may also be the name of a section
("Politics") or a place ("Berlin") that a site puts into many articles, so a short line must recur in
far more documents than a sentence does.

>>> pages = [("site", f"d{n}", f"Story number {n} of the day\\nSign up for our daily letter here\\n")
...          for n in range(12)]
>>> [(line.text, line.documents) for line in find_repetitions(pages)]
[('Sign up for our daily letter here', 12)]
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.core.text import count_words, split_lines

MIN_DOCUMENTS = 5
SENTENCE_WORDS = 5  # a line of so many words is a sentence of the house, a shorter one may be a name
SENTENCE_SHARE = 0.2  # of the site's documents that hold the line
NAME_SHARE = 0.6
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


def find_repetitions(documents: Iterable[tuple[str, str, str]]) -> list[Repetition]:
    """The boilerplate lines of each site, from ``(site, document id, text)``; most frequent first.

    The order of the documents does not matter.
    """
    counts: dict[tuple[str, str], _Count] = {}
    totals: dict[str, int] = {}
    for site, document, text in documents:
        totals[site] = totals.get(site, 0) + 1
        seen: dict[str, str] = {}
        for line in split_lines(text):
            if line.key:
                seen.setdefault(line.key, line.text.strip())
        for key, written in seen.items():
            count = counts.get((site, key))
            if count is None:
                counts[site, key] = _Count(1, document, written)
                continue
            count.documents += 1
            if document < count.first:
                count.first, count.text = document, written
    found = [
        Repetition(site, key, count.text, count.documents, totals[site])
        for (site, key), count in counts.items()
        if count.documents >= MIN_DOCUMENTS and _is_boilerplate(key, count.documents / totals[site])
    ]
    return sorted(found, key=lambda line: (line.site, -line.documents, line.key))


def _is_boilerplate(key: str, share: float) -> bool:
    words = count_words(key)
    if words > MAX_WORDS:
        return False
    return share >= (SENTENCE_SHARE if words >= SENTENCE_WORDS else NAME_SHARE)


RULE = "boilerplate.repeated"


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


def write_learnable(repetitions: Iterable[Repetition]) -> list[dict[str, object]]:
    """Rows for ``cleaner rules learn``: key, site, counts, and the line as it is written."""
    return [
        {
            "site": line.site,
            "key": line.key,
            "text": line.text,
            "documents": line.documents,
            "site_documents": line.site_documents,
        }
        for line in repetitions
    ]

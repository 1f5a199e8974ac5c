"""Propose rules from a corpus: lines that recur over documents or sites, for a person to review.

Cruft repeats, articles do not: lines seen on five or more sites were article text in 0.08 % of cases.
Nothing that is learned acts by itself: a proposal is a hint, and has no misses until a person writes one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from cleaner.core.shapes import is_prose
from cleaner.core.text import Line, split_lines

LONGEST_LINE = 200  # code points of a line that may be proposed
MOST_CONTEXTS = 3
_CONTEXT_CHARS = 50

# What a recurring line is probably about; the first that fits names the proposal's category.
_CUES = (
    ("newsletter", ("newsletter", "subscribe", "sign up", "inbox", "abonn", "e-mail", "email")),
    ("share", ("share", "tweet", "facebook", "whatsapp", "teilen", "partager", "compartir")),
    ("comments", ("comment", "kommentar", "coment")),
    ("related", ("related", "read more", "also like", "more from", "mehr zum", "lire aussi", "leer")),
    ("ad", ("advert", "sponsor", "anzeige", "publicit", "publicid")),
    ("copyright", ("copyright", "\N{COPYRIGHT SIGN}", "rights reserved")),
    ("legal", ("privacy", "terms", "cookie", "impressum", "datenschutz")),
    ("donate", ("donate", "support us", "membership", "spende")),
    ("follow", ("follow", "folgen", "suivez")),
)


@dataclass(slots=True)
class Proposal:
    """A line that recurs: in how many documents and sites, where, and how often inside runs of prose."""

    key: str
    example: str
    documents: int = 0
    among_prose: int = 0
    sites: set[str] = field(default_factory=set)
    contexts: list[str] = field(default_factory=list)

    @property
    def category(self) -> str:
        """A guess at the category of the line."""
        return next((name for name, cues in _CUES if any(cue in self.key for cue in cues)), "nav")


def learn_lines(
    documents: Iterable[tuple[str, str, str]],
    *,
    by: Literal["document", "site"] = "document",
    least: int = 5,
    known: frozenset[str] = frozenset(),
) -> list[Proposal]:
    """Lines that recur in at least ``least`` documents (or sites), most frequent first.

    ``documents`` are (id, site, text). Lines whose key is in ``known`` have a rule already; lines without a
    letter are numbers and marks, which say nothing.

    >>> texts = [(f"{n}.txt", "", f"Story {n}\\nMore from our desk\\nAnd so it ended {n} times.") for n in range(5)]
    >>> [(proposal.example, proposal.documents) for proposal in learn_lines(texts)]
    [('More from our desk', 5)]
    """
    proposals: dict[str, Proposal] = {}
    sites: dict[str, set[str]] = defaultdict(set)
    for id, site, text in documents:
        lines = [line for line in split_lines(text) if line.key]
        seen: set[str] = set()
        for place, line in enumerate(lines):
            if len(line.text) > LONGEST_LINE or line.key in known or not any(map(str.isalpha, line.key)):
                continue
            proposal = proposals.setdefault(line.key, Proposal(line.key, line.text.strip()))
            proposal.among_prose += _is_among_prose(lines, place)
            if line.key in seen:
                continue
            seen.add(line.key)
            proposal.documents += 1
            sites[line.key].add(site)
            if len(proposal.contexts) < MOST_CONTEXTS:
                proposal.contexts.append(_context(id, lines, place))
    for key, proposal in proposals.items():
        proposal.sites = sites[key]
    found = [p for p in proposals.values() if (len(p.sites) if by == "site" else p.documents) >= least]
    return sorted(found, key=lambda p: (-len(p.sites), -p.documents, p.key))


def propose_repetitions(
    rows: Iterable[Mapping[str, Any]], known: frozenset[str] = frozenset()
) -> list[Proposal]:
    """The boilerplate that a run with ``--dedupe corpus`` found, one proposal a line, whatever its sites."""
    proposals: dict[str, Proposal] = {}
    for row in rows:
        if row["key"] in known:
            continue
        proposal = proposals.setdefault(row["key"], Proposal(row["key"], row["text"]))
        proposal.documents += row["documents"]
        proposal.sites.add(row["site"])
        if len(proposal.contexts) < MOST_CONTEXTS:
            share = f"{row['documents']} of {row['site_documents']} documents"
            proposal.contexts.append(f"{row['site']} | {share}")
    return sorted(proposals.values(), key=lambda p: (-len(p.sites), -p.documents, p.key))


def _is_among_prose(lines: Sequence[Line], place: int) -> bool:
    """Whether the lines before and after are both prose: the line may be a heading or part of the story."""
    return 0 < place < len(lines) - 1 and is_prose(lines[place - 1]) and is_prose(lines[place + 1])


def _context(id: str, lines: Sequence[Line], place: int) -> str:
    before = lines[place - 1].text.strip()[-_CONTEXT_CHARS:] if place else ""
    after = lines[place + 1].text.strip()[:_CONTEXT_CHARS] if place + 1 < len(lines) else ""
    return " | ".join(part for part in (id, before, lines[place].text.strip(), after) if part)


def write_proposals(proposals: Iterable[Proposal]) -> str:
    """Proposals as a rule pack for review: hints, with support and contexts as comments, misses still to write."""
    pieces = [
        "# Learned from a corpus, for review. Keep what is cruft on every page, write a miss for it (a sentence that an",
        "# article could hold), and set safety to safe. Without misses the pack does not load.",
        "[pack]",
        'name = "learned"',
        'version = "0.1.0"',
    ]
    counts: Counter[str] = Counter()
    for proposal in proposals:
        counts[proposal.category] += 1
        pieces.extend(_table(proposal, counts[proposal.category]))
    return "\n".join(pieces) + "\n"


def _table(proposal: Proposal, number: int) -> Iterator[str]:
    quoted = _quote(proposal.example)
    yield ""
    yield (
        f"# in {proposal.documents} documents of {len(proposal.sites)} sites, "
        f"{proposal.among_prose} times between two lines of prose"
    )
    for context in proposal.contexts:
        yield f"#   {' '.join(_printable(context).split())}"
    yield "[[rule]]"
    yield f'id = "{proposal.category}.learned-{number}"'
    yield 'why = "Recurs over documents; say here what it is."'
    yield 'scope = "line"'
    yield 'safety = "hint"'
    yield f"lines = [{quoted}]"
    yield f"hits = [{quoted}]"
    yield "misses = []"


def _quote(text: str) -> str:
    escaped = _printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)

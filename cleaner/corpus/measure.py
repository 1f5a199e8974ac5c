"""Evidence for rules: on how many sites a rule hits, and which lines of articles.

Labelled pages are JSON lines: ``id``, ``page``, ``domain``, ``lang``, ``ptype``, ``lines``, ``gap``
(blank lines before each line), ``labels`` (1 article, 0 not, -1 either) and ``gold``, the article. A
page may stand there in several renderings; it counts once.

Safe is earned: :func:`judge` says what the evidence allows.
"""

import gzip
import hashlib
import io
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.core.document import UNDETERMINED, Context
from cleaner.core.matcher import Hit, Matcher
from cleaner.core.rules import Rule
from cleaner.core.text import Line, fold, split_lines
from cleaner.errors import CleanerError
from cleaner.sources.language import detect_language

FEWEST_SITES = 8  # on which a safe rule must have been right
TABLE_START, TABLE_END = "<!-- evidence -->", "<!-- end of evidence -->"
FEWEST_MISSES = 5  # that a rule accepted by review must bring


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One rendering of a labelled page."""

    id: str
    page: str
    domain: str
    language: str
    is_article: bool
    lines: tuple[str, ...]
    gaps: tuple[int, ...]
    labels: tuple[int, ...]
    gold: str

    def text(self, numbers: Sequence[int]) -> str:
        """The lines of these numbers with the blank lines that stood before them."""
        parts = []
        for place, number in enumerate(numbers):
            parts.append("\n" * (1 + min(self.gaps[number], 2)) if place else "")
            parts.append(self.lines[number])
        return "".join(parts)


@dataclass(slots=True)
class Evidence:
    """What was seen of one rule. ``article`` holds lines of articles it would take: ``case id:line number``."""

    sites: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    hits: set[tuple[str, str]] = field(default_factory=set)
    article: dict[str, str] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Review:
    """What people decided: hits that are errors of the labels, and rules accepted by name, with the reasons."""

    errors: Mapping[str, Mapping[str, str]]
    accepted: Mapping[str, str]


def read_labelled(path: Path) -> Iterator[LabelledPage]:
    """The labelled pages of a ``.jsonl`` or ``.jsonl.gz`` file."""
    with path.open("rb") as raw:
        opened: Any = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
        file = io.TextIOWrapper(opened, encoding="utf-8", newline="\n")
        for number, row in enumerate(file, 1):
            try:
                case = json.loads(row)
                lines = tuple(case["lines"])
                said = case.get("lang")
                language = said if said and said != UNDETERMINED else detect_language("\n".join(lines)).code
                yield LabelledPage(
                    id=case["id"],
                    page=case.get("page") or case["id"],
                    domain=case.get("domain") or case["id"],
                    language=language,
                    is_article=case.get("ptype", "article") == "article",
                    lines=lines,
                    gaps=tuple(case.get("gap") or [1] * len(lines)),
                    labels=tuple(case["labels"]),
                    gold=case.get("gold") or "",
                )
            except (KeyError, TypeError, ValueError) as error:
                raise CleanerError(
                    f"{path}:{number}: not a labelled page ({error!r}); see cleaner.corpus.measure"
                ) from None


def measure_rules(rules: Sequence[Rule], pages: Iterable[LabelledPage]) -> dict[str, Evidence]:
    """The evidence for each rule, by id. Site rules are tried on pages of their sites only."""
    evidence = {rule.id: Evidence() for rule in rules}
    matchers: dict[tuple[str, str], Matcher] = {}
    local = frozenset(host for rule in rules for host in rule.sites)
    for page in pages:
        site = page.domain if any(rule.sites and rule.serves(page.domain) for rule in rules) else ""
        key = (page.language, site)
        if key not in matchers:
            spoken = [
                rule
                for rule in rules
                if rule.speaks(page.language) and rule.serves(page.domain if local else None)
            ]
            matchers[key] = Matcher(spoken)
        everything = range(len(page.lines))
        kept = [number for number in everything if page.labels[number] == 1]
        gold = fold(" ".join(page.gold.split()))
        for numbers in (everything, kept):
            _add_view(evidence, matchers[key], page, numbers, gold)
    return evidence


def _add_view(
    evidence: dict[str, Evidence], matcher: Matcher, page: LabelledPage, numbers: Sequence[int], gold: str
) -> None:
    text = page.text(numbers)
    lines = split_lines(text)
    filled: list[int] = []
    for place, number in enumerate(numbers):
        filled.extend([-1] * min(page.gaps[number], 2) if place else [])
        filled.extend([number] * (1 + page.lines[number].count("\n")))
    hits = matcher.find(text, lines, Context(language=page.language, site=page.domain))
    counts = Counter(hit.rule.id for hit in hits)
    for hit in hits:
        if hit.rule.action == "note" or counts[hit.rule.id] > (hit.rule.max_hits or counts[hit.rule.id]):
            continue
        found = evidence[hit.rule.id]
        for place in range(hit.first, hit.last + 1):
            number = filled[place]
            if number < 0 or not lines[place].key:
                continue
            cut = _cut_of(text, lines[place], hit)
            seen = (page.page, fold(cut))
            if page.labels[number] == 1 and _is_article(page, cut, lines[place], gold):
                if seen not in found.seen:
                    found.seen.add(seen)
                    found.article[f"{page.id}:{number}"] = cut.strip()
            elif page.labels[number] != 1 or page.is_article:
                found.sites.add(page.domain)
                found.pages.add(page.page)
                found.hits.add(seen)


def _cut_of(text: str, line: Line, hit: Hit) -> str:
    return text[max(hit.start, line.start) : min(hit.end, line.end)]


def _is_article(page: LabelledPage, cut: str, line: Line, gold: str) -> bool:
    """Labels speak of whole lines; a part of a line is article text if the article holds it."""
    if not page.is_article:
        return False
    return cut.strip() == line.text.strip() or fold(" ".join(cut.split())) in gold


def read_review(path: Path) -> Review:
    """The decisions in ``reviewed.toml``; none where the file is absent."""
    if not path.is_file():
        return Review({}, {})
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    errors: dict[str, dict[str, str]] = {}
    for row in table.get("label-error", []):
        errors.setdefault(row["rule"], {}).update(dict.fromkeys(row["lines"], row["why"]))
    accepted = {
        rule: row["why"]
        for row in table.get("accepted", [])
        for rule in ([row["rule"]] if "rule" in row else row["rules"])
    }
    return Review(errors, accepted)


def judge(rule: Rule, sites: int, article: Iterable[str], review: Review) -> str:
    """``safe`` where the evidence allows it, else ``unsafe`` with the reason.

    Safe: right on at least 8 sites and no article line hit after review; or limited to sites and
    reviewed; or whole lines of furniture, accepted by name with at least five misses.
    """
    if rule.action == "note":
        return "safe: takes nothing out"
    known = review.errors.get(rule.id, {})
    left = [line for line in article if line not in known]
    if left:
        return f"unsafe: {len(left)} article lines"
    if sites >= FEWEST_SITES or rule.sites:
        return "safe"
    if rule.id in review.accepted and len(rule.misses) >= FEWEST_MISSES:
        return "safe by review"
    return f"unsafe: {sites} sites"


def tabulate(
    rules: Sequence[Rule], evidence: Mapping[str, Evidence], review: Review, source: Path
) -> dict[str, Any]:
    """The evidence file: counts, line ids and verdicts, nobody's sentences."""
    rows = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        found = evidence[rule.id]
        article = sorted(found.article)
        rows[rule.id] = {
            "safety": rule.safety,
            "sites": len(found.sites),
            "pages": len(found.pages),
            "hits": len(found.hits),
            "article": article,
            "reviewed": sum(line in review.errors.get(rule.id, {}) for line in article),
            "verdict": judge(rule, len(found.sites), article, review),
        }
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return {"labelled": {"file": source.name, "sha256": digest}, "rules": rows}


def render_table(table: Mapping[str, Any]) -> str:
    """The evidence as a Markdown table, for the documentation."""
    rows = [
        "| rule | safety | sites | pages | hits | article lines | of them label errors | verdict |",
        "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    for rule_id, row in table["rules"].items():
        counts = (
            f"{row['sites']} | {row['pages']} | {row['hits']} | {len(row['article'])} | {row['reviewed']}"
        )
        rows.append(f"| `{rule_id}` | {row['safety']} | {counts} | {row['verdict']} |")
    return "\n".join(rows) + "\n"


def write_evidence(folder: Path, table: Mapping[str, Any], *, partly: bool = False) -> None:
    """Write ``rules.json`` into the folder, and its table into the page ``rules.md`` beside the folder.

    ``partly``: the table is of some packs only; what is known of other rules stays.
    """
    file = folder / "rules.json"
    folder.mkdir(parents=True, exist_ok=True)
    known = json.loads(file.read_text(encoding="utf-8"))["rules"] if partly and file.is_file() else {}
    merged = {**table, "rules": dict(sorted({**known, **table["rules"]}.items()))}
    file.write_text(json.dumps(merged, indent=1) + "\n", encoding="utf-8")
    page = folder.parent / "rules.md"
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        head, _, rest = text.partition(TABLE_START)
        _, _, tail = rest.partition(TABLE_END)
        page.write_text(f"{head}{TABLE_START}\n{render_table(merged)}{TABLE_END}{tail}", encoding="utf-8")

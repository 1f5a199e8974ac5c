#!/usr/bin/env python3
"""What the rules of the packs do by themselves, without scorer and deduplication, a category a line.

    python benchmarks/rules.py ../shared/bench/text.dev.jsonl.gz
    python benchmarks/rules.py DATA --view joined --level aggressive --sample 800
    python benchmarks/rules.py DATA --view clean --list      # the article lines that were cut, and by which rule

Views as in ``score.py``: near is the article with lines around it, clean the article alone. ``joined`` is
near with all line breaks taken away, as most scraped JSON and CSV hold articles; ``joined-clean`` is
clean without them. ``gone`` is the share of drop-lines at least half of whose words were cut, ``lost`` the
share of article words cut (a mean over pages, the renderings of a page share its weight), ``left over`` of it
what no person reviewed as an error of the labels (docs/evidence/reviewed.toml), in whichever rendering of the page.
"""

import argparse
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from quality import Case, load_score

from cleaner.api import Cleaner
from cleaner.core.edits import Edit
from cleaner.core.text import WORD_RE, fold
from cleaner.corpus.measure import Review, read_review

VIEWS = ("near", "clean", "joined", "joined-clean")
REVIEWED = Path(__file__).parent.parent / "docs" / "evidence" / "reviewed.toml"


class Cut(NamedTuple):
    """What rules cut of one line of a page: how many of its words, which rules, and the text."""

    case: Case
    number: int
    words: int
    of: int
    rules: frozenset[str]
    text: str


def lay_out(case: Case, view: str, score: ModuleType) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of a view, and for each of its lines its number, start and end."""
    rows = score.view_rows(case, "clean" if view.endswith("clean") else "near")
    gaps = case.get("gap") or [1] * len(case["lines"])
    parts: list[str] = []
    places: list[tuple[int, int, int]] = []
    size = 0
    for place, number in enumerate(rows):
        line = case["lines"][number]
        if view.startswith("joined"):
            line, between = line.strip(), " "
        else:
            between = "\n" * (2 if view == "clean" else 1 + min(gaps[number], 2))
        before = between if place else ""
        parts += [before, line]
        places.append((number, size + len(before), size + len(before) + len(line)))
        size += len(before) + len(line)
    return "".join(parts) + "\n", places


def find_cuts(
    case: Case, text: str, places: Sequence[tuple[int, int, int]], edits: Iterable[Edit]
) -> list[Cut]:
    """The lines that edits of the stage strip take words from."""
    cuts = [edit for edit in edits if not edit.new.strip() and any(c.stage == "strip" for c in edit.causes)]
    found = []
    for number, start, end in places:
        touching = [edit for edit in cuts if edit.start < end and edit.end > start]
        if not touching:
            continue
        words = [match.start() for match in WORD_RE.finditer(text, start, end)]
        parts = [(max(edit.start, start), min(edit.end, end)) for edit in touching]
        taken = sum(bisect_left(words, b) - bisect_left(words, a) for a, b in parts)
        rules = frozenset(cause.rule for edit in touching for cause in edit.causes)
        if taken:
            said = " ... ".join(text[a:b].strip() for a, b in parts)
            found.append(Cut(case, number, taken, len(words), rules, said))
    return found


def measure(
    cases: Sequence[Case], view: str, level: str, score: ModuleType
) -> tuple[list[Cut], dict[str, Any]]:
    """All cuts, and what they are shares of: article words and drop-lines of each rendering."""
    cleaner = Cleaner.load(level=level, dedupe="off", disable=("scorer.*",))
    cuts: list[Cut] = []
    sizes: dict[str, tuple[int, int]] = {}
    for case in cases:
        text, places = lay_out(case, view, score)
        counts = [(case["labels"][n], len(WORD_RE.findall(text, a, b))) for n, a, b in places]
        sizes[case["id"]] = (
            sum(count for label, count in counts if label == 1),
            sum(label == 0 and count > 0 for label, count in counts),
        )
        cuts += find_cuts(case, text, places, cleaner.clean(text, id=case["id"]).edits)
    return cuts, sizes


def mean_over_pages(cases: Sequence[Case], values: Mapping[str, float]) -> float:
    """The mean over pages; the renderings of a page are averaged first."""
    pages: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        if case["id"] in values:
            pages[case["page"]].append(values[case["id"]])
    return sum(sum(page) / len(page) for page in pages.values()) / max(1, len(pages))


def find_forgiven(cases: Iterable[Case], review: Review) -> set[tuple[str, str, str]]:
    """Rule, page and folded line of the reviewed errors of the labels: a review names one rendering of a page."""
    pages = {case["id"]: case for case in cases}
    found = set()
    for rule, lines in review.errors.items():
        for reviewed in lines:
            name, _, number = reviewed.rpartition(":")
            if name in pages:
                found.add((rule, pages[name]["page"], fold(pages[name]["lines"][int(number)])))
    return found


def tabulate(
    cases: Sequence[Case],
    cuts: Sequence[Cut],
    sizes: Mapping[str, tuple[int, int]],
    forgiven: set[tuple[str, str, str]],
) -> None:
    """Print a line for all rules and one for each category."""
    gone: dict[str, Counter[str]] = defaultdict(Counter)
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    for cut in cuts:
        name, label = cut.case["id"], cut.case["labels"][cut.number]
        page, line = cut.case["page"], fold(cut.case["lines"][cut.number])
        for category in ("all", *{rule.partition(".")[0] for rule in cut.rules}):
            if label == 0 and 2 * cut.words >= cut.of:
                gone[category][name] += 1
            if label == 1:
                lost[category][name] += cut.words
                if not any((rule, page, line) in forgiven for rule in cut.rules):
                    left[category][name] += cut.words
    print("| category | drop-lines gone, % | article words lost, % | left over, % |\n|---|--:|--:|--:|")
    rows = []
    for category in sorted({*gone, *lost}):
        drops = {name: gone[category][name] / n for name, (_, n) in sizes.items() if n}
        shares = [
            {name: counts[category][name] / n for name, (n, _) in sizes.items() if n}
            for counts in (lost, left)
        ]
        rows.append((category, mean_over_pages(cases, drops), *(mean_over_pages(cases, s) for s in shares)))
    for category, *figures in sorted(rows, key=lambda row: (row[0] != "all", -row[1], -row[2])):
        print(f"| {category} | {figures[0]:.2%} | {figures[1]:.4%} | {figures[2]:.4%} |".replace("%", ""))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--view", nargs="+", default=VIEWS, choices=VIEWS)
    parser.add_argument("--level", default="safe", choices=("safe", "standard", "aggressive"))
    parser.add_argument("--sample", type=int, help="that many renderings, chosen by hash")
    parser.add_argument("--list", action="store_true", help="print each article line that was cut instead")
    args = parser.parse_args()
    score = load_score(args.data.parent / "score.py")
    cases = score.read_cases(args.data, args.sample)
    forgiven = find_forgiven(score.read_cases(args.data, None), read_review(REVIEWED))
    for view in args.view:
        cuts, sizes = measure(cases, view, args.level, score)
        if args.list:
            for cut in cuts:
                if cut.case["labels"][cut.number] == 1:
                    rules = " ".join(sorted(cut.rules))
                    print(
                        f"{cut.case['id']}:{cut.number}\t{cut.case['ptype']}\t{cut.words}\t{rules}\t{cut.text}"
                    )
            continue
        print(f"\nview {view}, level {args.level}\n")
        tabulate(cases, cuts, sizes, forgiven)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Precision and recall of the rejoin stage against pages whose article is known.

    python benchmarks/rejoin.py [FILE] [--keys FILE] [--worst N]

FILE is a .jsonl.gz of pages rendered as text: `lines`, `labels` (1 keep, 0 drop, -1 either), `gap` (blank
lines before each line), `gold` (the article) and `renderer`. A line break between two lines is a true join
when the article has what stands on both sides of it in one line, and apart when the article has a line
break there. Joins of a kept to a dropped line, neither side of which the article decides, are counted as
`mixed`, those of two dropped lines as `drop`. Recall is over true joins whose second half begins with a mark
that no line begins with or in lower case; the rest are mostly cells of tables.

The second table says what the stage does to the articles themselves (in a clean article nothing is broken),
and the third wraps them at a fixed width, with and without blank lines between paragraphs.
"""

import argparse
import gzip
import json
import re
import sys
import textwrap
import time
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cleaner.core.document import Context  # noqa: E402
from cleaner.core.edits import Edit  # noqa: E402
from cleaner.stages.rejoin import RejoinStage  # noqa: E402
from cleaner.stages.rejoin.shapes import ends_sentence, starts_lower, starts_with_closing_mark  # noqa: E402

BENCH = ROOT.parent / "shared" / "bench" / "text.dev.jsonl.gz"
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
SPACE_RE = re.compile(r"\s+")
SURROUNDINGS = 25
Case = Mapping[str, Any]


def read_cases(path: Path) -> list[Case]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def squash(text: str) -> str:
    """The text without spaces and invisible characters: renderers differ in them."""
    return SPACE_RE.sub("", unicodedata.normalize("NFKC", text.translate(INVISIBLE)))


def is_wrapped_gold(case: Case) -> bool:
    """Whether the article's own line breaks stand inside sentences, so that they tell nothing."""
    lines = [line.strip() for line in case["gold"].split("\n")]
    inside = [not ends_sentence(a[-160:]) and starts_lower(b) for a, b in pairwise(lines) if " " in a and b]
    return sum(inside) > max(20, 0.25 * len(inside))


def judge_breaks(case: Case) -> list[str]:
    """For each line break of a page: join, apart, mixed, drop or unknown."""
    pieces = [squash(line) for line in case["gold"].split("\n")]
    gold, whole = "\n".join(pieces), "".join(pieces)
    ends = set()
    position = 0
    for piece in pieces:
        position += len(piece)
        ends.add(position)
    lines = [squash(line) for line in case["lines"]]
    spans = find_spans(lines, case["labels"], whole)
    return [judge_break(i, lines, case["labels"], spans, ends, gold) for i in range(len(lines) - 1)]


def find_spans(lines: Sequence[str], labels: Sequence[int], whole: str) -> list[tuple[int, int] | None]:
    """Where the kept lines stand in the article, None for those that cannot be found."""
    spans: list[tuple[int, int] | None] = []
    position = 0
    for line, label in zip(lines, labels, strict=True):
        span = None
        if label == 1 and line:
            start = position if whole.startswith(line, position) else -1
            if start < 0 and len(line) >= 12:
                start = whole.find(line, position)
                start = whole.find(line) if start < 0 else start
            if start >= 0:
                position = start + len(line)
                span = (start, position)
        spans.append(span)
    return spans


def judge_break(
    i: int,
    lines: Sequence[str],
    labels: Sequence[int],
    spans: Sequence[tuple[int, int] | None],
    ends: set[int],
    gold: str,
) -> str:
    left, right = spans[i], spans[i + 1]
    if labels[i] == labels[i + 1] == 1 and left and (right is None or left[1] == right[0] or left[1] in ends):
        if left[1] in ends:
            return "apart"
        if right:
            return "join"
    # Labels of short fragments are noisy: what stands around the break decides, if the article has it so.
    before, after = "", ""
    k = i
    while len(before) < SURROUNDINGS and k >= 0:
        before, k = lines[k] + before, k - 1
    k = i + 1
    while len(after) < SURROUNDINGS and k < len(lines):
        after, k = after + lines[k], k + 1
    if before and after and before[-SURROUNDINGS:] + after[:SURROUNDINGS] in gold:
        return "join"
    if labels[i] == labels[i + 1]:
        return "drop" if labels[i] == 0 else "unknown"
    return "unknown" if -1 in (labels[i], labels[i + 1]) else "mixed"


def build_text(case: Case) -> tuple[str, list[int]]:
    """The page as text, and where its lines start."""
    parts: list[str] = []
    starts: list[int] = []
    position = 0
    for line, gap in zip(case["lines"], case["gap"], strict=True):
        blank = "\n" * gap if parts else ""
        starts.append(position + len(blank))
        parts.append(blank + line)
        position += len(blank) + len(line) + 1
    return "\n".join(parts), starts


def count_joins(cases: Iterable[Case], stage: RejoinStage, worst: int) -> Iterator[tuple[str, Counter[str]]]:
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for case in cases:
        text, starts = build_text(case)
        joined = {bisect_right(starts, edit.start) - 1: edit for edit in stage(text, Context()).edits}
        table = tables[case["renderer"]]
        table["pages"] += 1
        for i, verdict in enumerate(judge_breaks(case)):
            left, right = case["lines"][i].strip(), case["lines"][i + 1].strip()
            if i in joined:
                table[verdict] += 1
                if verdict in ("apart", "mixed") and shown[case["page"]] < 2 and shown.total() < worst:
                    shown[case["page"]] += 1
                    print(f"{verdict}\t{case['id']}\t{left[-60:]!r}\t{right[:60]!r}")
            if verdict == "join" and left and right and not ends_sentence(left[-160:]):
                tells = starts_with_closing_mark(right) or starts_lower(right)
                table["true"] += tells
                table["found"] += tells and i in joined
    yield from sorted(tables.items())
    yield "all", sum(tables.values(), Counter())


def count_touched(articles: Sequence[str], stage: RejoinStage) -> None:
    began = time.process_time()
    edits = [stage(article, Context()).edits for article in articles]
    seconds = time.process_time() - began
    size = sum(map(len, articles))
    untouched = sum(not found for found in edits)
    joins = sum(map(len, edits))
    print(f"articles {len(articles)}, untouched {untouched}, joins {joins}, {size / seconds / 1e6:.0f} MB/s")


def wrap_article(paragraphs: Sequence[str], width: int, between: str) -> tuple[str, set[int]]:
    """An article wrapped at a width, and where its line breaks inside paragraphs are."""
    text, breaks = "", set()
    for paragraph in paragraphs:
        rows = textwrap.wrap(paragraph, width, break_on_hyphens=False, break_long_words=False)
        for row in rows[:-1]:
            text += row
            breaks.add(len(text))
            text += "\n"
        text += rows[-1] + between
    return text, breaks


def count_wrapped(articles: Sequence[str], stage: RejoinStage) -> None:
    print("width  blank lines  precision  recall")
    for width in (60, 72, 80):
        for between in ("\n\n", "\n"):
            table: Counter[str] = Counter()
            for article in articles:
                paragraphs = [" ".join(line.split()) for line in article.split("\n") if line.strip()]
                if (
                    sum(len(paragraph) > 150 for paragraph in paragraphs) < 3
                    or stage(article, Context()).edits
                ):
                    continue
                text, breaks = wrap_article(paragraphs, width, between)
                edits: Sequence[Edit] = stage(text, Context()).edits
                found = {edit.start for edit in edits}
                table.update(right=len(found & breaks), joins=len(found), breaks=len(breaks))
            precision, recall = table["right"] / table["joins"], table["right"] / table["breaks"]
            print(
                f"{width:5}  {'yes' if between == chr(10) * 2 else 'no':11}  {precision:9.4f}  {recall:6.4f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", default=BENCH)
    parser.add_argument("--keys", type=Path, help="folded lines, one a line, that are never joined to")
    parser.add_argument("--worst", type=int, default=0, help="show so many wrong joins")
    options = parser.parse_args()
    keys = options.keys.read_text(encoding="utf-8").split("\n") if options.keys else []
    stage = RejoinStage(frozenset(filter(None, keys)))
    cases = [case for case in read_cases(options.file) if not is_wrapped_gold(case)]
    tables = list(count_joins(cases, stage, options.worst))
    print("renderer     pages   join  apart  mixed   drop  unknown  precision  recall")
    for name, table in tables:
        judged = table["join"] + table["apart"]
        precision = table["join"] / judged if judged else 1.0
        recall = table["found"] / table["true"] if table["true"] else 1.0
        counts = "".join(f"{table[column]:7}" for column in ("pages", "join", "apart", "mixed", "drop"))
        print(f"{name:11}{counts}  {table['unknown']:7}  {precision:9.4f}  {recall:6.3f}")
    articles = [case["gold"] for case in {case["page"]: case for case in cases}.values()]
    count_touched(articles, stage)
    count_wrapped(
        [article for article in articles if article.isascii() or "\u3002" not in article][::4], stage
    )


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How well cruft is told from article: one table a view, for the rules, the scorer, both, and the peers.

    python benchmarks/quality.py ../shared/bench/text.dev.jsonl.gz
    python benchmarks/quality.py DATA --view near clean --systems keep scorer c4 --by lang
    python benchmarks/quality.py DATA --speed
    python benchmarks/quality.py DATA --held-out FOLDS  # sites held out by cross-validation; trains

DATA is a .jsonl.gz of labelled pages (fields as in the README beside it); ``score.py`` is looked for in
its folder. Every figure is the one of ``score.py``: F1, P and R of words against the article, ``lost``
share of article words, ``left`` share of cruft lines, ``harmed`` share of pages that lost more than 2 %,
and ``labels``, the share left of the lines of ``cruft_lines.tsv.gz`` with an inner precision of .95 or
more. Means over pages; intervals (95 %) by resampling sites.

Systems: keep (everything), rules, scorer, both, c4 and fineweb (their rules a line), justext (on text;
pip install justext), trafilatura (on the HTML of the same page, where html.dev.jsonl.gz has it).
``scorer`` and ``both`` run once a level; all run unless some are named. Without ``--held-out`` the
shipped weights are measured, which have seen the development pages: only a file of other pages gives an
honest figure then.
"""

import argparse
import gc
import gzip
import importlib.util
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from cleaner.api import Cleaner
from cleaner.core.edits import apply, settle
from cleaner.core.text import split_lines
from cleaner.pipeline import Pipeline
from cleaner.stages.scorer import LEVELS, Scorer, Weights, write_findings
from cleaner.stages.strip import StripStage
from cleaner.weights import load_weights

Case = dict[str, Any]
System = Callable[[Case, str], "str | None"]

GROUPS: dict[str, Callable[[Case], bool]] = {
    "modern articles": lambda case: case["source"] != "daniel" and case["ptype"] == "article",
    "daniel": lambda case: case["source"] == "daniel",
    "other page types": lambda case: case["ptype"] != "article",
}
SYSTEMS = ("keep", "rules", "scorer", "both", "c4", "fineweb", "justext", "trafilatura")
FIGURES = ("F1", "P", "R", "lost", "left", "harmed", "labels")
SURE_PRECISION = 0.95


def load_score(path: Path) -> ModuleType:
    """The measure, by path."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- systems -----------------------------------------------------------------------------------


def keep_all(case: Case, text: str) -> str:
    """What doing nothing scores."""
    return text


def score_lines(case: Case, text: str, scorer: Callable[[Case], Scorer]) -> str:
    """The scorer by itself, on the text as it is."""
    judgement = scorer(case).assess(split_lines(text))
    return apply(text, settle(text, write_findings(text, judgement).edits).edits)


class MeasuredCleaner(Cleaner):
    """The whole cleaner with a scorer of our choice, or none."""

    scorer: Scorer | None = None

    def _build(self, *rules: Any) -> Pipeline:
        built = super()._build(*rules)
        stages = (
            replace(stage, scorer=self.scorer) if isinstance(stage, StripStage) else stage
            for stage in built.stages
        )
        return replace(built, stages=tuple(stages))


@cache
def load_cleaner(scorer: int | None, level: str) -> MeasuredCleaner:
    """The whole cleaner at a level, one for each scorer's weights (by identity)."""
    return MeasuredCleaner.load(level=level)


def clean_text(case: Case, text: str, level: str, scorer: Callable[[Case], Scorer] | None) -> str:
    """The whole cleaner: all stages and packs, with the scorer that may judge the page."""
    chosen = scorer(case) if scorer else None
    cleaner = load_cleaner(id(chosen.weights) if chosen else None, level)
    cleaner.scorer = chosen
    return cleaner.clean(text).text


def keep_c4_lines(case: Case, text: str) -> str:
    """C4: a line stays if it ends with a terminal mark, has five words, and no cue of policies."""
    kept = []
    for line in text.split("\n"):
        words = line.split()
        folded = line.lower()
        ends = line.strip().endswith((".", "?", "!", '"', "\u201d")) and not line.strip().endswith("...")
        bad = any(
            cue in folded for cue in ("javascript", "lorem ipsum", "terms of use", "privacy policy", "cookie")
        )
        if ends and len(words) >= 5 and not bad:
            kept.append(line)
    return "\n".join(kept)


FINEWEB_ENDS = (".", "!", "?", "\u3002", "\u2026", ":", ";", '"', "\u201d", "'")
COUNTER_RE = re.compile(
    r"\d+(?:[.,]\d+)?\s*[km]?\s*(?:likes?|shares?|comments?|retweets?|reposts?|quotes?|views?)", re.I
)


def keep_fineweb_lines(case: Case, text: str) -> str:
    """FineWeb's and RefinedWeb's checks a line: no capitals, figures, counters or short tails."""
    kept = []
    for line in text.split("\n"):
        letters = [c for c in line if c.isalpha()]
        words = line.split()
        capital = bool(letters) and sum(c.isupper() for c in letters) > 0.5 * len(letters)
        figures = bool(words) and not letters
        short = len(words) <= 10 and not line.strip().endswith(FINEWEB_ENDS)
        if not (capital or figures or short or COUNTER_RE.fullmatch(line.strip())):
            kept.append(line)
    return "\n".join(kept)


def keep_justext_lines(case: Case, text: str) -> str:
    """jusText over lines as paragraphs, English stop words (as on unknown languages in practice)."""
    import justext
    from justext import core

    lines = [line for line in text.split("\n") if line.strip()]
    paragraphs = []
    for line in lines:
        paragraph = core.Paragraph(core.PathInfo())
        paragraph.append_text(line)
        paragraphs.append(paragraph)
    core.classify_paragraphs(paragraphs, frozenset(justext.get_stoplist("English")))
    core.revise_paragraph_classification(paragraphs)
    return "\n".join(line for line, p in zip(lines, paragraphs, strict=True) if not p.is_boilerplate)


def extract_html(case: Case, text: str, pages: dict[str, str]) -> str | None:
    """trafilatura on the page's HTML; None where it is not there."""
    import trafilatura

    html = pages.get(case["page"])
    return None if html is None else (trafilatura.extract(html, include_comments=False) or "")


def make_systems(
    names: Sequence[str], scorers: Callable[[str], Callable[[Case], Scorer]], bench: Path
) -> dict[str, System]:
    """The systems asked for, by the name they have in the tables."""
    systems: dict[str, System] = {}
    for name in names:
        if name == "keep":
            systems["keep all"] = keep_all
        elif name == "rules":
            systems["rules only"] = partial(clean_text, level="safe", scorer=None)
        elif name == "scorer":
            systems |= {f"scorer {level}": partial(score_lines, scorer=scorers(level)) for level in LEVELS}
        elif name == "both":
            systems |= {
                f"both {level}": partial(clean_text, level=level, scorer=scorers(level)) for level in LEVELS
            }
        elif name == "trafilatura":
            systems["trafilatura, HTML"] = partial(extract_html, pages=read_html(bench))
        else:
            peers = {"c4": keep_c4_lines, "fineweb": keep_fineweb_lines, "justext": keep_justext_lines}
            systems[name] = peers[name]
    return systems


def read_html(bench: Path) -> dict[str, str]:
    """The HTML of pages, by the id that the text file gives them."""
    import json

    path = bench / "html.dev.jsonl.gz"
    if not path.exists():
        return {}
    pages = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            dataset, _, name = row["id"].partition("/")
            pages[row["id"]] = row["html"]
            if dataset == "scrapinghub":
                pages[f"sh-{name[:12]}"] = row["html"]
    return pages


# --- measuring ---------------------------------------------------------------------------------


def read_sure_lines(bench: Path) -> frozenset[str]:
    """Lines that are cruft wherever they were seen, with figures as zeros."""
    path = bench / "cruft_lines.tsv.gz"
    if not path.exists():
        return frozenset()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    at = rows[0].index("inner_precision")
    return frozenset(row[0] for row in rows[1:] if row[at] and float(row[at]) >= SURE_PRECISION)


def measure_case(
    case: Case, view: str, output: str, score: ModuleType, sure: frozenset[str]
) -> dict[str, Any]:
    """One row of figures, by the functions of ``score.py``."""
    gold = case["gold"]
    if view == "clean":
        gold = "\n".join(case["lines"][i] for i in score.view_rows(case, "clean"))
    p, r, f1 = score.word_scores(output, gold)
    row = {"id": case["id"], "page": case["page"], "domain": case["domain"], "P": p, "R": r, "F1": f1}
    keep, lost, drop, left, _ = score.line_scores(case, view, output)
    row |= {"lost": lost / max(1, keep), "left": left / drop if drop else None}
    row |= {"harmed": float(lost > 0.02 * max(1, keep))}
    row["labels"] = measure_sure_lines(case, view, output, score, sure)
    return row


def measure_sure_lines(
    case: Case, view: str, output: str, score: ModuleType, sure: frozenset[str]
) -> float | None:
    """The share left of the cruft lines that are cruft everywhere."""
    rows = score.view_rows(case, view)
    known = [
        n
        for n, i in enumerate(rows)
        if case["labels"][i] == 0 and re.sub(r"\d+", "0", score.key(case["lines"][i])) in sure
    ]
    if not known:
        return None
    source, stands = score.standing([case["lines"][i] for i in rows], output)
    return sum(stands[n] * 2 > len(source[n]) for n in known) / len(known)


def group_rows(
    rows: Sequence[tuple[Case, dict[str, Any]]], by: Sequence[str]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The groups of the table: modern articles, DAnIEL, the rest, and every value of ``by``."""
    yield "all", [row for _, row in rows]
    for name, belongs in GROUPS.items():
        yield name, [row for case, row in rows if belongs(case)]
    for field in by:
        for value in sorted({case.get(field) or "?" for case, _ in rows}):
            yield f"{field} {value}", [row for case, row in rows if (case.get(field) or "?") == value]


def print_table(
    name: str, view: str, rows: Sequence[tuple[Case, dict[str, Any]]], by: Sequence[str], score: ModuleType
) -> None:
    """One system's figures, a group a line."""
    for group, members in group_rows(rows, by):
        if not members:
            continue
        pages = len({row["page"] for row in members})
        figures = "".join(f"{score.mean(members, figure):8.4f}" for figure in FIGURES)
        low, high = score.interval(members, "F1")
        lost_low, lost_high = score.interval(members, "lost")
        print(
            f"{name:20}{view:6} {group[:24]:25}{pages:6}{figures}   {low:.4f} to {high:.4f}"
            f"   {lost_low:.4f} to {lost_high:.4f}",
            flush=True,
        )


def hold_out(folder: Path, bench: Path, score: ModuleType) -> Callable[[str], Callable[[Case], Scorer]]:
    """For each page the weights that were learned without its site; what is not in the folder is trained."""
    import json

    import train_scorer

    from cleaner.weights.reading import read_weights

    folder.mkdir(parents=True, exist_ok=True)
    weights: dict[int, Weights] = {}
    cases: list[Case] = []
    for fold in range(train_scorer.FOLDS):
        path = folder / f"without-fold-{fold}.json"
        if not path.exists():
            cases = cases or train_scorer.read_pages(bench, score)
            train_scorer.write_weights(train_scorer.learn(cases, score, held=fold), path)
        content = json.loads(path.read_text(encoding="utf-8")) | train_scorer.LEVELS
        weights[fold] = read_weights(content)

    def choose(level: str) -> Callable[[Case], Scorer]:
        return lambda case: Scorer(weights[train_scorer.fold_of(case["domain"])], level)

    return choose


def measure_speed(cases: Sequence[Case], score: ModuleType, batch: int) -> float:
    """MB of UTF-8 per CPU second for features, scores, smoothing and verdicts with reasons, best of three.

    Lines are split before; the strip stage has them anyway.
    """
    texts = [score.case_text(case, "near") for case in cases]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    documents = [split_lines(text) for text in texts]
    scorer = Scorer(load_weights())
    scorer.assess_many(documents[:batch])
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(3):
        start = time.process_time()
        for begin in range(0, len(documents), batch):
            scorer.assess_many(documents[begin : begin + batch])
        times.append(time.process_time() - start)
    return size / min(times) / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--view", nargs="+", default=["full", "near", "clean"], choices=("full", "near", "clean")
    )
    parser.add_argument("--systems", nargs="+", default=SYSTEMS, choices=SYSTEMS)
    parser.add_argument("--by", nargs="*", default=[], choices=("lang", "renderer", "source"))
    parser.add_argument("--sample", type=int, help="that many pages, chosen by hash")
    parser.add_argument("--score", type=Path, help="score.py, where it does not stand beside the data")
    parser.add_argument("--speed", action="store_true", help="only how fast the scorer is")
    parser.add_argument(
        "--held-out", type=Path, metavar="FOLDER", help="where to keep the weights of the folds"
    )
    args = parser.parse_args()
    bench = args.data.parent
    score = load_score(args.score or bench / "score.py")
    if args.speed:
        cases = score.read_cases(args.data, args.sample or 400)
        for batch in (1, 20):
            print(
                f"near text in batches of {batch}: {measure_speed(cases, score, batch):.1f} MB per CPU second"
            )
        return 0
    if args.held_out:
        scorers = hold_out(args.held_out, bench, score)
    else:

        def scorers(level: str) -> Callable[[Case], Scorer]:
            return lambda case: Scorer(load_weights(), level)

    sure = read_sure_lines(bench)
    cases = score.read_cases(args.data, args.sample)
    heads = "".join(f"{figure:>8}" for figure in FIGURES)
    print(f"{'system':20}{'view':6} {'group':25}{'pages':>6}{heads}   95 % of F1         95 % of lost")
    for name, system in make_systems(args.systems, scorers, bench).items():
        for view in args.view:
            rows = []
            for case in cases:
                output = system(case, score.case_text(case, view))
                if output is not None:
                    rows.append((case, measure_case(case, view, output, score, sure)))
            print_table(name, view, rows, args.by, score)
    return 0


if __name__ == "__main__":
    sys.exit(main())

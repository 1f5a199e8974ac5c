#!/usr/bin/env python3
"""Pages of HTML to article text: word F1 and CPU time, against trafilatura, resiliparse, readability-lxml, jusText.

    pip install --group bench
    python benchmarks/train_extract.py ../shared/bench --folds FOLDS
    python benchmarks/train_extract.py ../shared/bench --extractor resiliparse --folds FOLDS
    python benchmarks/html.py ../shared/bench/html.dev.jsonl.gz --held-out FOLDS [--sample N] [--only SYSTEM ...]

DATA is a .jsonl.gz of pages (fields as in the README beside it); ``score.py`` in its folder measures. All
systems see the same pages in one run, page by page, in an order that turns with the page, so that the ratios
of CPU time hold on a busy machine. ``ours`` is HTML to article text with the default extractor, ``ours, quick``
with ``--extractor resiliparse``; ``whole`` (of the quick one with weights that ship, so that only its time
counts) is ``Cleaner.clean_html``: metadata, accounting, all stages and packs.
With ``--held-out`` each page is judged by weights that have not seen its site, and ``whole`` runs without the
line scorer, which has. Intervals (95 %) are paired, by resampling sites.
"""

import argparse
import json
import logging
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from quality import load_score
from train_scorer import FOLDS, fold_of

from cleaner.core.document import Context
from cleaner.core.edits import apply
from cleaner.errors import UnreadableError
from cleaner.sources.html import read_page
from cleaner.sources.html.extractors import add_extract
from cleaner.sources.html.quick import extract_quickly
from cleaner.stages.extract import ExtractStage
from cleaner.weights.pages import load_page_weights, load_quick_weights, read_page_weights, read_quick_weights

NEWS = ("scrapinghub", "newspaper4k424", "fundus")
BASE = "trafilatura"
ROUNDS = 1000
STOP_LISTS = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "nl": "Dutch", "no": "Norwegian_Bokmal", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip
BLOCKS = (
    "p",
    "div",
    "li",
    "td",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "br",
    "blockquote",
    "pre",
    "figcaption",
)
Case = dict[str, Any]
System = Callable[[Case], str]


# --- systems -----------------------------------------------------------------------------------


def read_json(path: Path) -> dict[str, Any]:
    """A weights' file of a fold."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def hold_out(weights: Any) -> Any:
    """A cleaner whose pages are judged by other weights, without the line scorer."""
    from cleaner.api import Cleaner

    cleaner = Cleaner.load(disable=("scorer.boilerplate",))
    build = cleaner._build

    def build_with_weights(*rules: Any) -> Any:
        pipeline = build(*rules)
        return replace(pipeline, stages=(ExtractStage(weights), *pipeline.stages[1:]))

    cleaner._build = build_with_weights  # type: ignore[method-assign]
    return cleaner


def make_ours(folds: Path | None) -> dict[str, System]:
    """The extractors of this project, by weights that have not seen the page's site where there are some."""
    from cleaner.api import Cleaner

    numbers = range(FOLDS)
    quick_cleaner = Cleaner.load(extractor="resiliparse", disable=("scorer.boilerplate",))
    if folds is None:
        full, quick = [load_page_weights("trafilatura")] * FOLDS, [load_quick_weights()] * FOLDS
        cleaners = [Cleaner.load()] * FOLDS
    else:
        full = [read_page_weights(read_json(folds / f"trafilatura-{fold}.json")) for fold in numbers]
        quick = [read_quick_weights(read_json(folds / f"resiliparse-{fold}.json")) for fold in numbers]
        cleaners = [hold_out(weights) for weights in full]

    def extract(case: Case) -> str:
        read = read_page(case["html"])
        page = add_extract(read.page, read.body, "trafilatura")
        found = ExtractStage(full[case["fold"]])(page.text, Context(page=page))
        return apply(page.text, found.edits)

    return {
        "ours": extract,
        "ours, quick": lambda case: extract_quickly(case["html"], quick[case["fold"]]),
        "ours, whole": lambda case: str(cleaners[case["fold"]].clean_html(case["html"]).text),
        "ours, whole, quick": lambda case: str(quick_cleaner.clean_html(case["html"]).text),
    }


def make_peers() -> dict[str, System]:
    """The peers, as their documentation calls them. Raises SystemExit where one is not installed."""
    try:
        import justext
        import lxml.html
        import readability
        import trafilatura
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        raise SystemExit(f"{error}: pip install --group bench") from None
    every_stop_word = {code: frozenset(justext.get_stoplist(name)) for code, name in STOP_LISTS.items()}

    def by_readability(case: Case) -> str:
        tree = lxml.html.fromstring(readability.Document(case["html"]).summary())
        for element in tree.iter(*BLOCKS):  # text_content would glue their words together
            element.tail = "\n" + (element.tail or "")
        return str(tree.text_content())

    def by_justext(case: Case) -> str:
        stop_words = every_stop_word.get(case.get("lang") or "en", every_stop_word["en"])
        paragraphs = justext.justext(case["html"].encode(), stop_words, encoding="utf-8")
        return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    def by_trafilatura(**choices: bool) -> System:
        return lambda case: trafilatura.extract(case["html"], include_comments=False, **choices) or ""

    return {
        BASE: by_trafilatura(),
        "trafilatura precision": by_trafilatura(favor_precision=True),
        "trafilatura recall": by_trafilatura(favor_recall=True),
        "trafilatura fast": by_trafilatura(fast=True),
        "resiliparse": lambda case: extract_plain_text(
            case["html"], main_content=True, alt_texts=False, links=False, comments=False
        ),
        "readability-lxml": by_readability,
        "jusText": by_justext,
    }


# --- measuring ---------------------------------------------------------------------------------


def run_systems(
    cases: Sequence[Case], systems: dict[str, System], score: Any
) -> dict[str, list[tuple[float, float]]]:
    """Word F1 and CPU seconds of each system on each page. What a system cannot read is an empty text."""
    names = list(systems)
    samples = {(case.get("lang"), case["fold"]): case for case in cases}
    for case in samples.values():  # what is loaded once, by language and fold, is not counted
        for name in names:
            attempt(systems[name], case)
    results: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for number, case in enumerate(cases):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            begin = time.process_time()
            text = attempt(systems[name], case)
            seconds = time.process_time() - begin
            results[name].append((score.word_scores(text, case["gold"])[2], seconds))
    return results


def attempt(system: System, case: Case) -> str:
    """The text, or nothing where the page cannot be read."""
    try:
        return system(case)
    except UnreadableError:
        return ""
    except Exception as error:
        print(f"{case['id']}: {type(error).__name__}: {error}", file=sys.stderr)
        return ""


def compare_paired(
    cases: Sequence[Case], own: Sequence[float], other: Sequence[float]
) -> tuple[float, float, float]:
    """The mean difference of two systems on the same pages, and its interval by resampling sites."""
    by_site: dict[str, list[float]] = defaultdict(list)
    for case, a, b in zip(cases, own, other, strict=True):
        by_site[case["domain"]].append(a - b)
    sites = sorted(by_site)
    rng = random.Random(1)
    means = []
    for _ in range(ROUNDS):
        drawn = [value for site in rng.choices(sites, k=len(sites)) for value in by_site[site]]
        means.append(sum(drawn) / len(drawn))
    means.sort()
    whole = [value for values in by_site.values() for value in values]
    return sum(whole) / len(whole), means[int(ROUNDS * 0.025)], means[int(ROUNDS * 0.975)]


def print_table(cases: Sequence[Case], results: dict[str, list[tuple[float, float]]]) -> None:
    """One row a system: F1 by dataset and pooled, the difference to trafilatura, CPU time a page and as a ratio."""
    datasets = list(dict.fromkeys(case["dataset"] for case in cases))
    news = [number for number, case in enumerate(cases) if case["dataset"] in NEWS]
    print(
        f"{'':22}{'news':>7}"
        + "".join(f"{name[:10]:>12}" for name in datasets)
        + f"{'to trafilatura':>24}{'ms':>8}{'ratio':>7}"
    )
    base = results.get(BASE)
    for name, rows in results.items():
        pooled = sum(rows[n][0] for n in news) / len(news)
        line = f"{name:22}{pooled:7.4f}"
        for dataset in datasets:
            own = [rows[n][0] for n, case in enumerate(cases) if case["dataset"] == dataset]
            line += f"{sum(own) / len(own):12.4f}"
        milliseconds = 1000 * sum(rows[n][1] for n in news) / len(news)
        if base is not None:
            difference = compare_paired(
                [cases[n] for n in news], [rows[n][0] for n in news], [base[n][0] for n in news]
            )
            line += f"{100 * difference[0]:+8.2f} ({100 * difference[1]:+.2f} to {100 * difference[2]:+.2f})"
        line += f"{milliseconds:8.2f}"
        if base is not None:
            line += f"{sum(rows[n][1] for n in news) / sum(base[n][1] for n in news):7.3f}"
        print(line)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--held-out", type=Path, metavar="FOLDS", help="weights by fold, from train_extract.py"
    )
    parser.add_argument("--sample", type=int, help="so many pages, the same each time")
    parser.add_argument("--only", nargs="+", metavar="SYSTEM", help="leave the other systems out")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    score = load_score(args.data.parent / "score.py")
    cases = [case for case in score.read_cases(args.data, args.sample) if case["gold"]]
    for case in cases:
        case["fold"] = fold_of(case["domain"])
    systems = {**make_peers(), **make_ours(args.held_out)}
    if args.only:
        systems = {name: system for name, system in systems.items() if name in args.only}
    print_table(cases, run_systems(cases, systems, score))
    return 0


if __name__ == "__main__":
    sys.exit(main())

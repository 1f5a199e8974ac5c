#!/usr/bin/env python3
r"""Learn the line scorer's weights from labelled pages: ``make train``.

    python benchmarks/train_scorer.py ../shared/bench -o cleaner/weights/scorer.json

The same input gives the same file again with the versions it was made with:

    pip install numpy==2.4.6 scipy==1.17.1 catboost==1.2.10 lightgbm==4.7.0 rapidfuzz==3.14.6 html_text==0.7.1 \
        beautifulsoup4

The folder holds ``text.dev.jsonl.gz`` (pages as plain text with a label a line), ``html.dev.jsonl.gz``
(pages with their article) and ``score.py``, which says what the fields mean. Their pages come from
public sets: scrapinghub/article-extraction-benchmark (MIT), WCXB (CC-BY-4.0), fundus (MIT),
newspaper4k (Apache-2.0), mozilla/readability (Apache-2.0); take them from their repositories. The
hashes of the two files are checked against ``DATA_HASHES``. DAnIEL pages are left out: they are
measured on, never trained on.

What is learned, in this order: words, phrases of two words and lines with the number of sites where they
were cruft or article; the wording of whole lines; labels, which must hold a cue of ``cues.toml``; a first
forest; a second one over the first one's scores; branching trees that add to the second
one's. Whatever feeds a forest comes from sites that its own row is not from.
"""

import argparse
import hashlib
import importlib.util
import json
import random
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from cleaner.core.scoring.features import EMPTY_LEXICON, Lexicon, Source, measure
from cleaner.core.scoring.glyphs import lower, read_codes
from cleaner.core.scoring.passages import Layout, lay_out
from cleaner.core.scoring.smoothing import relate_scores
from cleaner.core.scoring.vocabulary import find_words, pair_hashes, sequence_hashes
from cleaner.weights.reading import read_cues, read_lexicon

DATA_HASHES = {
    "text.dev.jsonl.gz": "9cb160d0adea365d282034aa3ce9d2250868ca1faf90e80edc4abd9f661bb853",
    "html.dev.jsonl.gz": "19fd670ab6dc20ba15e775527ac6ad1fe88a0487522731ad9dd7b7fd0c4083c4",
}
FOLDS = 5
MEASURED_ONLY = {"daniel"}
RENDERED = {"fundus", "newspaper4k424"}
TREES = 150
BRANCHING_TREES = 120
MASKED = 0.25  # share of training documents in which no word is known, as in a language never seen
Case = dict[str, Any]


def number(text: str) -> int:
    """A number that is the same for the same text everywhere."""
    return int(hashlib.sha1(text.encode()).hexdigest()[:12], 16)


def fold_of(domain: str) -> int:
    """The fold of a site; all its pages, in both files, are in it."""
    return number("fold " + domain) % FOLDS


# --- pages -------------------------------------------------------------------------------------


def load_score(bench: Path) -> ModuleType:
    """The measuring script of the data's folder, as a module."""
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(bench / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_pages(bench: Path, score: ModuleType) -> list[Case]:
    """All labelled pages: those of the text file, and news rendered from the file of HTML."""
    cases: list[Case] = score.read_cases(bench / "text.dev.jsonl.gz")
    cases += render_news(bench, score)
    for case in cases:
        case["fold"] = fold_of(case["domain"])
    return cases


def render_news(bench: Path, score: ModuleType) -> list[Case]:
    """News pages of the HTML file as plain text, twice each, labelled by alignment with their article."""
    import html_text
    from bs4 import BeautifulSoup

    def render(html: str) -> Iterator[tuple[str, str]]:
        yield "html_text", html_text.extract_text(html, guess_layout=True)
        soup = BeautifulSoup(html, "lxml")
        for tag in soup(["script", "style", "noscript", "template", "head", "svg"]):
            tag.decompose()
        yield "bs4", soup.get_text("\n")

    cases: list[Case] = []
    for page in score.read_cases(bench / "html.dev.jsonl.gz"):
        if page["dataset"] not in RENDERED or not page.get("gold"):
            continue
        for renderer, text in render(page["html"]):
            lines, gaps = split_gaps(text)
            labels = align_labels(lines, page["gold"], score)
            if labels is None:
                continue
            kept = sum(
                len(score.words(line)) for line, label in zip(lines, labels, strict=True) if label == 1
            )
            whole = len(score.words(page["gold"]))
            if 0.85 * whole <= kept <= 1.1 * whole:
                case = {"id": f"{page['id']}/{renderer}", "page": page["id"], "source": page["dataset"]}
                case |= {"domain": page["domain"], "lang": page["lang"] or "", "ptype": "article"}
                case |= {"renderer": renderer, "title": "", "lines": lines, "gap": gaps}
                cases.append(case | {"labels": labels, "gold": page["gold"]})
    return cases


def split_gaps(text: str) -> tuple[list[str], list[int]]:
    """The lines with something in them, and how many empty ones stand before each."""
    lines, gaps, gap = [], [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(line.strip())
            gaps.append(min(gap, 3))
            gap = 0
        else:
            gap += 1
    return lines, gaps


def align_labels(lines: Sequence[str], gold: str, score: ModuleType) -> list[int] | None:
    """1 for a line of the article, 0 for none, -1 where alignment cannot tell; None without any article line.

    Long lines are told by the share of their words that stand in the article in their place, lines of up
    to three words by their neighbours, too, for such words stand anywhere.
    """
    sources, stand = score.standing(lines, gold)
    keys = {score.key(line) for line in gold.split("\n")}
    shares = [n / len(words) if words else -1.0 for words, n in zip(sources, stand, strict=True)]
    long = [
        (1 if share >= 0.8 else 0 if share <= 0.25 else -1) if len(words) >= 4 else None
        for words, share in zip(sources, shares, strict=True)
    ]
    kept = [i for i, label in enumerate(long) if label == 1]
    if not kept:
        return None
    first, last = kept[0], kept[-1]
    labels: list[int] = []
    for i, line in enumerate(lines):
        label = long[i]
        if label is None:
            before = next((long[j] for j in range(i - 1, max(-1, i - 4), -1) if long[j] in (0, 1)), 0)
            after = next((long[j] for j in range(i + 1, min(len(long), i + 4)) if long[j] in (0, 1)), 0)
            exact = shares[i] == 1 and score.key(line) in keys and first - 3 <= i <= last + 2
            if exact or (shares[i] != 0 and first < i < last and before == after == 1):
                label = 1
            elif not first <= i <= last or before == after == 0 or shares[i] == 0:
                label = 0
            else:
                label = -1
        labels.append(label)
    return labels


# --- words and lines ---------------------------------------------------------------------------


class Mined(NamedTuple):
    """All lines and words of the training pages as hashes, with site and label."""

    lines: np.ndarray
    site: np.ndarray
    label: np.ndarray
    inner: np.ndarray
    words: np.ndarray
    pairs: np.ndarray
    word_line: np.ndarray
    strings: dict[int, str]
    pair_words: dict[int, tuple[int, int]]
    site_fold: np.ndarray


def mine_pages(cases: Sequence[Case]) -> Mined:
    """Hash up to two renderings of each page."""
    pages: dict[str, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: number(case["id"])):
        pages[case["page"]].append(case)
    chosen = [case for page in pages.values() for case in page[:2]]
    sites = {site: n for n, site in enumerate(sorted({case["domain"] for case in chosen}))}
    columns: dict[str, list[np.ndarray]] = defaultdict(list)
    strings: dict[int, str] = {}
    pair_words: dict[int, tuple[int, int]] = {}
    base = 0
    for begin in range(0, len(chosen), 50):
        part = chosen[begin : begin + 50]
        layout = lay_out([case["lines"] for case in part])
        words = find_words(layout.codes, layout.classes)
        total = len(layout.start)
        line = np.repeat(np.arange(total), np.diff(layout.start, append=len(layout.codes)))[words.starts]
        counts = np.bincount(line, minlength=total)
        low = np.cumsum(counts) - counts
        pairs = pair_hashes(words.hashes)
        pairs[low[counts > 0]] = 0
        columns["lines"].append(sequence_hashes(words.hashes, low, counts))
        columns["site"].append(np.array([sites[case["domain"]] for case in part])[layout.document])
        label, inner = label_lines(part, layout)
        columns["label"].append(label)
        columns["inner"].append(inner)
        columns["words"].append(words.hashes)
        columns["pairs"].append(pairs)
        columns["word_line"].append(line + base)
        base += total
        codes = lower(layout.codes)
        unique, index = np.unique(words.hashes, return_index=True)
        for key, at in zip(unique.tolist(), index.tolist(), strict=True):
            if key not in strings:
                piece = codes[words.starts[at] : words.starts[at] + words.lengths[at]]
                strings[key] = piece.astype("<u4").tobytes().decode("utf-32-le", "replace")
        unique, index = np.unique(pairs, return_index=True)
        for key, at in zip(unique.tolist(), index.tolist(), strict=True):
            pair_words.setdefault(key, (int(words.hashes[at - 1]), int(words.hashes[at])))
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    site_fold = np.array([fold_of(site) for site in sites])
    return Mined(strings=strings, pair_words=pair_words, site_fold=site_fold, **joined)


def label_lines(cases: Sequence[Case], layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    """The label of each passage, and whether it stands between the first and last line of the article."""
    labels, inner = [], []
    for n, case in enumerate(cases):
        line = layout.line[layout.first[n] : layout.first[n + 1]]
        given = np.array(case["labels"])
        kept = np.flatnonzero(given == 1)
        labels.append(given[line])
        inner.append((line >= kept[0]) & (line <= kept[-1]) if len(kept) else np.zeros(len(line), bool))
    return np.concatenate(labels), np.concatenate(inner)


def count_sites(hashes: np.ndarray, site: np.ndarray) -> dict[int, int]:
    """On how many sites each hash was seen."""
    mixed = hashes * np.uint64(0x9E3779B97F4A7C15) + site.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    _, once = np.unique(mixed, return_index=True)
    keys, counts = np.unique(hashes[once], return_counts=True)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))


def learn_lexicon(mined: Mined, folds: Sequence[int]) -> dict[str, Any]:
    """The lexicon of the sites in some folds, as the weights' file holds it."""
    chosen = np.isin(mined.site_fold, folds)[mined.site]
    of_words = mined.word_line
    site, label, here = mined.site[of_words], mined.label[of_words], chosen[of_words]
    words: dict[int, list[str]] = defaultdict(list)
    for key, weight in weigh_hashes(mined.words[here], site[here], label[here], least=6).items():
        words[weight].append(mined.strings[key])
    for key, weight in weigh_hashes(mined.pairs[here], site[here], label[here], least=8).items():
        before, after = mined.pair_words[key]
        words[weight].append(f"{mined.strings[before]} {mined.strings[after]}")
    content: dict[str, Any] = {
        "words": {str(weight): "|".join(sorted(set(words[weight]))) for weight in sorted(words)},
        "wording": learn_wording(mined, folds),
        "cues": read_cue_words(),
        "labels": {"1": join_hashes(find_labels(mined, chosen))},
    }
    dropped, kept = (
        count_sites(mined.lines[select], mined.site[select])
        for select in (chosen & (mined.lines != 0) & (mined.label == value) for value in (0, 1))
    )
    known = {key: count for key, count in dropped.items() if count >= 3}
    content["dropped"] = group_hashes(known)
    content["kept"] = group_hashes({k: count for k, count in kept.items() if count >= 3 or k in known})
    return content


def weigh_hashes(hashes: np.ndarray, site: np.ndarray, label: np.ndarray, least: int) -> dict[int, int]:
    """Tenths of the log odds of cruft, by sites; for what stands on ``least`` sites or more."""
    dropped = count_sites(hashes[(label == 0) & (hashes != 0)], site[(label == 0) & (hashes != 0)])
    kept = count_sites(hashes[(label == 1) & (hashes != 0)], site[(label == 1) & (hashes != 0)])
    weights = {}
    for key in sorted(dropped.keys() | kept.keys()):
        a, b = dropped.get(key, 0), kept.get(key, 0)
        weight = round(10 * float(np.log((a + 1) / (b + 1))))
        if a + b >= least and abs(weight) >= 4:
            weights[key] = max(-60, min(60, weight))
    return weights


def read_cue_words() -> dict[str, str]:
    """The cues written by hand, by kind: words and phrases separated by ``|``."""
    lists = tomllib.loads((Path(__file__).parent / "cues.toml").read_text(encoding="utf-8"))
    return {
        kind: "|".join(sorted({cue.strip() for cue in text.replace("\n", "|").split("|") if cue.strip()}))
        for kind, text in lists.items()
    }


WORDING_SITES = 3
WORDING_PENALTY = 1e-5
WORDING_STEPS = 40
WORDING_MOST = 12_000  # words and phrases
WORDING_UNITS = 12  # of a weight, a logit


def learn_wording(mined: Mined, folds: Sequence[int]) -> dict[str, str]:
    """Weights of words and phrases in a logistic regression of whole lines, by weight.

    What a line says is the sum of its words' weights over the root of their number. Each site tells a line once.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    total = len(mined.lines)
    size = np.bincount(mined.word_line, minlength=total)
    mixed = mined.lines * np.uint64(0x9E3779B97F4A7C15) + mined.site.astype(np.uint64) * np.uint64(
        0xC2B2AE3D27D4EB4F
    )
    used = np.zeros(total, dtype=bool)
    used[np.unique(mixed, return_index=True)[1]] = True
    used &= (mined.label >= 0) & (size > 0) & np.isin(mined.site_fold, folds)[mined.site]
    of_words = used[mined.word_line]
    line = (np.cumsum(used) - 1)[mined.word_line]
    rows, columns, keys = [], [], []
    for hashes in (mined.words, mined.pairs):
        here = of_words & (hashes != 0)
        counts = count_sites(hashes[here], mined.site[mined.word_line[here]])
        common = np.array(sorted(k for k, n in counts.items() if n >= WORDING_SITES), dtype=np.uint64)
        at = np.minimum(np.searchsorted(common, hashes), len(common) - 1)
        here &= common[at] == hashes
        rows.append(line[here])
        columns.append(at[here] + sum(map(len, keys)))
        keys.append(common)
    row, column = np.concatenate(rows), np.concatenate(columns)
    width = sum(map(len, keys))
    once = np.unique(row.astype(np.int64) * width + column)
    row, column = once // width, once % width
    root = 1 / np.sqrt(size[used])
    matrix = csr_matrix((root[row].astype(np.float32), (row, column)), shape=(int(used.sum()), width))
    transposed = matrix.T.tocsr()
    sign = np.where(mined.label[used] == 0, 1.0, -1.0)
    site = mined.site[used]
    weight = np.sqrt(np.minimum(size[used], 60))
    weight /= (np.bincount(site, weights=weight)[site] + 30) ** 0.7
    weight /= weight.sum()

    def weigh_loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (matrix @ values[:-1] + values[-1])
        slope = -sign * weight / (1 + np.exp(margin))
        loss = float((weight * np.logaddexp(0, -margin)).sum())
        loss += 0.5 * WORDING_PENALTY * float((values[:-1] ** 2).sum())
        return loss, np.append(transposed @ slope + WORDING_PENALTY * values[:-1], slope.sum())

    found = minimize(
        weigh_loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", options={"maxiter": WORDING_STEPS}
    )
    return group_words(mined, np.concatenate(keys), len(keys[0]), found.x[:-1])


def group_words(mined: Mined, keys: np.ndarray, singles: int, values: np.ndarray) -> dict[str, str]:
    """The heaviest words and phrases under their weight in whole units; the first ``singles`` are words."""
    units = np.clip(np.round(values * WORDING_UNITS), -127, 127).astype(int)
    words: dict[int, list[str]] = defaultdict(list)
    for place in np.argsort(-np.abs(values), kind="stable")[:WORDING_MOST].tolist():
        key = int(keys[place])
        pair = () if place < singles else mined.pair_words[key]
        text = " ".join(mined.strings[word] for word in pair or (key,))
        if units[place]:
            words[int(units[place])].append(text)
    return {str(weight): "|".join(sorted(set(words[weight]))) for weight in sorted(words)}


def find_labels(mined: Mined, chosen: np.ndarray) -> list[int]:
    """Lines that are cruft wherever they stand, without figures, and almost never article text.

    Phrases only: a word alone on its line may be the link in a sentence. One of the cues must stand in it, for
    the name of a section ("Climate change") is a subheading elsewhere.
    """
    lines = mined.lines
    cues = read_cues(read_cue_words())
    is_cue = (cues.single(mined.words) > 0) | (cues.pairs(mined.words) > 0) & (mined.pairs != 0)
    speaks = np.bincount(mined.word_line[is_cue], minlength=len(lines)) > 0
    words = np.bincount(mined.word_line, minlength=len(lines))
    figures = (
        np.bincount(
            mined.word_line[mined.words == find_words(read_codes("0")).hashes[0]], minlength=len(lines)
        )
        > 0
    )
    known = chosen & (words > 1) & ~figures & speaks
    dropped = count_sites(lines[known & (mined.label == 0)], mined.site[known & (mined.label == 0)])
    kept = count_sites(lines[known & (mined.label == 1)], mined.site[known & (mined.label == 1)])
    inside = known & mined.inner
    inner_dropped, inner_kept = (
        count_sites(lines[here], mined.site[here])
        for here in (inside & (mined.label == value) for value in (0, 1))
    )
    return [
        key
        for key, count in dropped.items()
        if count >= 3
        and kept.get(key, 0) * 25 <= count
        and inner_dropped.get(key, 0) >= 1
        and inner_kept.get(key, 0) * 6 <= inner_dropped[key]
    ]


def group_hashes(counts: dict[int, int]) -> dict[str, str]:
    """Hashes by number of sites, above ten in steps that double."""
    groups: dict[int, list[int]] = defaultdict(list)
    for key, count in counts.items():
        groups[count if count < 10 else 10 * 2 ** int(np.log2(count / 10))].append(key)
    return {str(count): join_hashes(groups[count]) for count in sorted(groups)}


def join_hashes(keys: Sequence[int]) -> str:
    """Hashes in hexadecimal digits, in order."""
    return " ".join(f"{key:016x}" for key in sorted(keys))


# --- documents to learn from -------------------------------------------------------------------


class Sample(NamedTuple):
    """A document made from a page: lines, a label for every character, lines that rules have taken."""

    texts: list[str]
    labels: np.ndarray
    removed: list[int]
    case: Case
    view: str
    masked: bool


VIEWS = (("full", 2), ("near", 2), ("inner", 1), ("clean", 2), ("joined", 2))
INSERTED = {"full": 0.15, "near": 0.5, "inner": 1.0}  # share of a view's documents with cruft put inside


def make_samples(cases: Sequence[Case], score: ModuleType, seed: int = 1) -> list[Sample]:
    """Views of each page: the whole page, the article with dirt around and inside, alone, and joined lines."""
    rng = random.Random(seed)
    pages: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        pages[case["page"]].append(case)
    samples = []
    for page in sorted(pages):
        renderings = sorted(pages[page], key=lambda case: number(case["id"]))
        for view, count in VIEWS:
            samples += [make_sample(rng.choice(renderings), view, rng, score) for _ in range(count)]
    return samples


def make_sample(case: Case, view: str, rng: random.Random, score: ModuleType) -> Sample:
    """One view of a page, in a layout of its own: blank lines or none, sentences broken at inline tags."""
    shown = rng.choice(("near", "near", "clean")) if view == "joined" else view
    rows = score.view_rows(case, "near" if shown == "inner" else shown)
    style = rng.choice(("gaps", "gaps", "blank", "tight"))
    broken = rng.choice((0.0, 0.0, 0.05))
    gone = rng.choice((0.0, 0.0, 0.0, 0.5))
    texts: list[str] = []
    labels: list[np.ndarray] = []
    removed: list[int] = []
    separator = " "
    if rng.random() < INSERTED.get(shown, 0.0):
        rows = insert_cruft(case, rows, rng)
    for i in rows:
        text, label = case["lines"][i], case["labels"][i]
        if view == "joined":
            labels.append(np.full(len(text) + len(separator), label))
            texts.append(text)
            continue
        gap = {"gaps": min(case["gap"][i], 2), "blank": 1, "tight": 0}[style] if texts else 0
        texts += [""] * gap
        labels.append(np.full(gap, -1))
        pieces = break_line(text, rng) if label == 1 and len(text) > 80 and rng.random() < broken else [text]
        if label == 0 and rng.random() < gone:
            removed.append(len(texts))
        for piece in pieces:
            texts.append(piece)
            labels.append(np.full(len(piece) + 1, label))
    if view == "joined":
        texts = [separator.join(texts)]
    return Sample(texts, np.concatenate([*labels, [-1]]), removed, case, view, rng.random() < MASKED)


def insert_cruft(case: Case, rows: Sequence[int], rng: random.Random) -> list[int]:
    """The rows with cruft of elsewhere on the page between paragraphs, as scraped articles have it: mostly teasers."""
    lines, labels = case["lines"], case["labels"]
    shown = {lines[i] for i in rows}
    pool = [i for i, label in enumerate(labels) if label == 0 and lines[i] not in shown]
    pool = [i for i in pool if len(lines[i].split()) <= 45]
    spots = [
        place
        for place in range(1, len(rows))
        if labels[rows[place - 1]] == labels[rows[place]] == 1
        and len(lines[rows[place - 1]]) > 60
        and lines[rows[place - 1]][-1] in '.!?"\u201d\u00bb\u3002'
    ]
    result = list(rows)
    if len(pool) < 3:
        return result
    headlines = [place for place, i in enumerate(pool) if 4 <= len(lines[i].split()) <= 25]
    most = min(rng.choice((1, 1, 2, 3, 4)), len(spots))
    for spot in sorted(rng.sample(spots, most), reverse=True):
        begin = rng.choice(headlines) if headlines and rng.random() < 0.7 else rng.randrange(len(pool))
        result[spot:spot] = pool[begin : begin + rng.choice((1, 1, 1, 2, 3, 5))]
    return result


def break_line(text: str, rng: random.Random) -> list[str]:
    """A line broken around a few words of its own, as at a link."""
    words = text.split(" ")
    begin = rng.randrange(1, len(words)) if len(words) > 2 else 1
    end = min(len(words), begin + rng.choice((1, 1, 2, 3, 4)))
    return [
        piece
        for piece in (" ".join(words[:begin]), " ".join(words[begin:end]), " ".join(words[end:]))
        if piece
    ]


class Table(NamedTuple):
    """Rows to learn from: features by passages, with label (1 is cruft, -1 unknown) and weight."""

    matrix: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    first: np.ndarray  # of each document
    half: np.ndarray  # 0 or 1 by site, a passage
    names: tuple[str, ...]


def tabulate(samples: Sequence[Sample], lexicon_for: Callable[[int], Lexicon]) -> Table:
    """Measure all samples, each with a lexicon that does not know its site."""
    groups: dict[int, list[Sample]] = defaultdict(list)
    for sample in samples:
        groups[-1 if sample.masked else sample.case["fold"]].append(sample)
    matrices, targets, weights, sizes, halves = [], [], [], [], []
    names: tuple[str, ...] = ()
    cues = read_cues(read_cue_words())
    for fold in sorted(groups):
        lexicon = EMPTY_LEXICON._replace(cues=cues) if fold < 0 else lexicon_for(fold)
        for begin in range(0, len(groups[fold]), 50):
            part = groups[fold][begin : begin + 50]
            measured = measure([Source(sample.texts, sample.removed) for sample in part], lexicon)
            names = measured.names
            layout, judged = measured.layout, measured.judged
            labels = np.concatenate(
                [sample.labels[: sum(map(len, sample.texts)) + len(sample.texts)] for sample in part]
            )
            cruft, text = (np.append(0, np.cumsum(labels == value)) for value in (0, 1))
            start, end = layout.start[judged], layout.end[judged]
            share = (cruft[end] - cruft[start]) / np.maximum(
                1, cruft[end] - cruft[start] + text[end] - text[start]
            )
            known = cruft[end] - cruft[start] + text[end] - text[start] > 0
            targets.append(np.where(~known, -1, np.where(share >= 0.9, 1, np.where(share <= 0.6, 0, -1))))
            matrices.append(measured.matrix)
            size = measured.matrix[names.index("size")].astype(float)
            for n, sample in enumerate(part):
                own = size[measured.first[n] : measured.first[n + 1]]
                factor = 0.6 if sample.view == "full" else 1.0
                weights.append(factor * (own + 1) / (own.sum() + 50) ** 0.7)
                sizes.append(len(own))
                halves.append(np.full(len(own), number("half " + sample.case["domain"]) % 2))
    return Table(
        np.concatenate(matrices, axis=1),
        np.concatenate(targets),
        np.concatenate(weights),
        np.append(0, np.cumsum(sizes)),
        np.concatenate(halves),
        names,
    )


# --- forests -----------------------------------------------------------------------------------


def fit_forest(
    matrix: np.ndarray, table: Table, rows: np.ndarray, names: Sequence[str], trees: int
) -> list[dict[str, Any]]:
    """Boosted symmetric trees, as the weights' file holds them."""
    from catboost import CatBoostClassifier

    chance = np.clip(table.weight / np.quantile(table.weight, 0.7), 0.15, 1.0)  # short lines weigh little
    drawn = np.random.default_rng(1).random(len(chance)) < chance
    rows = rows & (table.target >= 0) & drawn
    weight = table.weight / chance
    settings = {"depth": 6, "learning_rate": 0.12, "l2_leaf_reg": 8, "border_count": 32, "rsm": 0.25}
    model = CatBoostClassifier(
        **settings,
        iterations=trees,
        random_seed=1,
        thread_count=2,
        verbose=0,
        bootstrap_type="Bernoulli",
        subsample=0.5,
        random_strength=0.5,
        allow_writing_files=False,
    )
    model.fit(matrix[:, rows].T.astype(np.float32), table.target[rows], sample_weight=weight[rows])
    return export_trees(model, names)


def export_trees(model: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    """Questions as text, leaves in thousandths of a logit; the bias goes to the first tree."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        content = json.loads(path.read_text(encoding="utf-8"))
    scale, bias = content["scale_and_bias"]
    offset = bias[0] if isinstance(bias, list) else bias
    features = content["features_info"]["float_features"]
    flat = {feature["feature_index"]: feature["flat_feature_index"] for feature in features}
    trees = []
    for n, tree in enumerate(content["oblivious_trees"]):
        asked = [
            f"{names[flat[split['float_feature_index']]]}>{int(np.floor(split['border']))}"
            for split in tree["splits"]
        ]
        added = [round(1000 * (scale * value + (offset if n == 0 else 0))) for value in tree["leaf_values"]]
        while len(asked) < 6:  # a tree that stopped early asks a question whose answer changes nothing
            asked.append(f"{names[0]}>30000")
            added += added
        trees.append({"if": asked, "add": added})
    return trees


def fit_branches(
    matrix: np.ndarray, table: Table, names: Sequence[str], early: np.ndarray
) -> list[list[Any]]:
    """Branching trees that add to scores (thousandths of a logit) which are there already."""
    import lightgbm

    chance = np.clip(table.weight / np.quantile(table.weight, 0.7), 0.15, 1.0)
    rows = (table.target >= 0) & (np.random.default_rng(1).random(len(chance)) < chance)
    settings = {"objective": "binary", "learning_rate": 0.1, "num_leaves": 63, "max_depth": 8}
    settings |= {"min_data_in_leaf": 150, "feature_fraction": 0.35, "lambda_l2": 5, "max_bin": 63}
    settings |= {"bagging_fraction": 0.6, "bagging_freq": 1, "seed": 1, "num_threads": 2, "verbose": -1}
    settings |= {"deterministic": True, "force_row_wise": True}
    data = lightgbm.Dataset(
        matrix[:, rows].T.astype(np.float32),
        table.target[rows],
        weight=(table.weight / chance)[rows],
        init_score=early[rows] / 1000,
    )
    model = lightgbm.train(settings, data, BRANCHING_TREES).dump_model()
    return [nest_tree(tree["tree_structure"], names) for tree in model["tree_info"]]


def nest_tree(node: dict[str, Any], names: Sequence[str]) -> Any:
    """A tree as nested lists: question, what follows a no, what follows a yes; leaves as numbers."""
    if "leaf_value" in node:
        return round(1000 * node["leaf_value"])
    no, yes = (nest_tree(node[side], names) for side in ("left_child", "right_child"))
    return [f"{names[node['split_feature']]}>{int(np.floor(node['threshold']))}", no, yes]


def fit_forests(table: Table, trees: int) -> dict[str, Any]:
    """All three. The second learns from first scores of sites that the first one did not see."""
    from cleaner.core.scoring.forest import Forest

    every = np.ones(len(table.target), dtype=bool)
    early = np.zeros(len(table.target), dtype=np.int64)
    for half in (0, 1):
        forest = Forest.build(
            fit_forest(table.matrix, table, table.half != half, table.names, trees), table.names
        )
        early[table.half == half] = forest.score(table.matrix[:, table.half == half]) // 10
    first = fit_forest(table.matrix, table, every, table.names, trees)
    related = relate_scores(early, table.matrix[table.names.index("size")].astype(np.int64), table.first)
    matrix = np.concatenate(
        [table.matrix, np.clip(np.stack(list(related.values())), -30_000, 30_000).astype(np.int16)]
    )
    names = [*table.names, *related]
    second = fit_forest(matrix, table, every, names, trees)
    third = fit_branches(matrix, table, names, Forest.build(second, names).score(matrix))
    return {"first": first, "second": second, "third": third}


THRESHOLDS = ("article", "page", "sentence", "prose", "known", "sure", "sure_sentence", "lone")
LEVELS: dict[str, Any] = {
    "page_share": 30,
    "thresholds": {
        level: dict(zip(THRESHOLDS, values, strict=True))
        for level, values in {
            "safe": (2000, 1400, 2000, 1500, -1000, 3500, 2500, 2000),
            "standard": (0, -250, 500, 750, -1500, 3000, 2000, 0),
            "aggressive": (-500, -1000, 0, 250, -2500, 2000, 1000, -1500),
        }.items()
    },
    "guard": {"article": 40, "page": 97, "least": 20},
}


def learn(
    cases: Sequence[Case], score: ModuleType, held: int | None = None, mined: Mined | None = None
) -> dict[str, Any]:
    """The content of the weights' file, learned from all training pages, or all but those of one fold."""
    training = [case for case in cases if case["source"] not in MEASURED_ONLY and case["fold"] != held]
    mined = mined or mine_pages([case for case in cases if case["source"] not in MEASURED_ONLY])
    folds = [fold for fold in range(FOLDS) if fold != held]
    others = {fold: read_lexicon(learn_lexicon(mined, [f for f in folds if f != fold])) for fold in folds}
    table = tabulate(make_samples(training, score), others.__getitem__)
    return {"lexicon": learn_lexicon(mined, folds), **fit_forests(table, TREES), **LEVELS}


def write_weights(content: dict[str, Any], path: Path) -> None:
    """One value or tree a line."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    for part in ("first", "second", "third"):
        block = json.dumps(content[part], ensure_ascii=False, indent=1)
        trees = ",\n".join(
            json.dumps(tree, ensure_ascii=False, separators=(",", ":")) for tree in content[part]
        )
        indented = block.replace("\n", "\n ")
        text = text.replace(f'"{part}": {indented}', f'"{part}": [\n{trees}\n]')
    path.write_text(text + "\n", encoding="utf-8", newline="")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("cleaner/weights/scorer.json"))
    args = parser.parse_args()
    for name, expected in DATA_HASHES.items():
        found = hashlib.sha256((args.bench / name).read_bytes()).hexdigest()
        if expected and found != expected:
            print(
                f"{name}: sha256 is {found}, these are other data; the weights will differ", file=sys.stderr
            )
    score = load_score(args.bench)
    write_weights(learn(read_pages(args.bench, score), score), args.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())

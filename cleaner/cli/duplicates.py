"""``cleaner duplicates``: what a run decided on near-identical paragraphs, and the judgment on pairs of one's own."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cleaner.cli.options import read_verdicts
from cleaner.errors import CleanerError

JUDGE = "judge"
_WIDTH = 100  # code points of a paragraph as the text form shows it


def add_command(commands: Any) -> None:
    """Add the command and its own command to the parser."""
    parser = commands.add_parser(
        "duplicates",
        help="list the near-identical paragraphs of a run; judge pairs of your own",
        description="Without a command: the clusters and pairs of a run with --dedupe corpus, most similar first, also the "
        "pairs that were kept (contained, update, reworded, template), so that a person can judge the threshold. "
        f"`cleaner duplicates {JUDGE} PAIRS.jsonl` judges pairs of your own.",
        usage=f"cleaner duplicates [-h] OUT [options]\n       cleaner duplicates {JUDGE} [-h] PAIRS.jsonl [--remove LIST]",
    )
    parser.add_argument("out", metavar="OUT", help=f"the folder of a run; or {JUDGE} and a file of pairs")
    parser.add_argument(
        "pairs",
        metavar="PAIRS.jsonl",
        nargs="?",
        help=f'after {JUDGE}: a file of {{"id", "a", "b"}} a line, or - for standard input; out comes '
        '{"id", "verdict", "removed", "kept", "similarity", "reason"} a line',
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="form of the list (default: text)"
    )
    parser.add_argument(
        "--verdict", metavar="LIST", help="list only these verdicts, such as contained,update"
    )
    parser.add_argument(
        "--least",
        metavar="SHARE",
        type=float,
        default=0.0,
        help="list only pairs at least so similar, 0 to 1",
    )
    parser.add_argument(
        "--most", metavar="SHARE", type=float, default=1.0, help="list only pairs at most so similar, 0 to 1"
    )
    parser.add_argument(
        "--remove",
        metavar="LIST",
        type=read_verdicts,
        default=("same",),
        help=f"with {JUDGE}: verdicts that remove: same, or same,contained (default: same)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List what a run decided, or judge pairs."""
    if options.out == JUDGE:
        if options.pairs is None:
            raise CleanerError(f"{JUDGE}: name a file of pairs, or - for standard input")
        return run_judge(options.pairs, options.remove)
    if options.pairs is not None:
        raise CleanerError(f"{options.pairs}: name one folder of a run, or {JUDGE} and a file of pairs")
    return run_list(options)


def run_list(options: argparse.Namespace) -> int:
    """Print clusters and pairs of a run."""
    from cleaner.batch.corpus_pass import read_pairs
    from cleaner.core.comparison.judgment import VERDICTS
    from cleaner.report.ledger import dump_json

    verdicts = VERDICTS if options.verdict is None else tuple(options.verdict.split(","))
    if not set(verdicts) <= set(VERDICTS):
        raise CleanerError(f"--verdict {options.verdict}: verdicts are {', '.join(VERDICTS)}")
    rows = list(read_pairs(Path(options.out)))
    pairs = [
        row
        for row in rows
        if row["kind"] == "pair"
        and row["keeper"]["verdict"] in verdicts
        and options.least <= row["keeper"]["similarity"] <= options.most
    ]
    clusters = list(_find_clusters(pairs))
    others = [row for row in rows if row["kind"] != "pair"]
    if options.format == "json":
        for row in [*others, *({"kind": "cluster", **cluster} for cluster in clusters), *pairs]:
            print(dump_json(row))
        return 0
    for line in _write_lines(others, clusters, pairs):
        print(line)
    return 0


def _find_clusters(pairs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each keeper with all that went for it, the largest cluster first."""
    clusters: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for row in pairs:
        if row["removed"]:
            keeper = row["keeper"]["id"], row["keeper"]["line"]
            clusters.setdefault(keeper, []).append((row["id"], row["line"]))
    for (id, line), members in sorted(clusters.items(), key=lambda item: (-len(item[1]), item[0])):
        removed = [{"id": document, "line": number} for document, number in sorted(members)]
        yield {"keeper": {"id": id, "line": line}, "removed": removed}


def _write_lines(
    others: Iterable[Mapping[str, Any]],
    clusters: Iterable[Mapping[str, Any]],
    pairs: Iterable[Mapping[str, Any]],
) -> Iterator[str]:
    for row in others:
        if row["kind"] == "decided":
            yield f"parameters {row['parameters']}, removed: {', '.join(row['remove'])}"
            yield f"pairs looked at: {row['candidates']:,}, keys too common to be looked at: {row['hot_keys']:,}"
        elif row["kind"] == "document":
            what = "left out" if row["left_out"] else "flagged"
            yield f"duplicate document, {what}: {row['id']}, nearly all in {row['keeper']}"
        elif row["kind"] == "repeated":
            counts = f"{row['documents']} of {row['site_documents']} documents"
            yield f"boilerplate of {row['site']}, {counts}: {_shorten(row['text'])}"
    for cluster in clusters:
        if len(cluster["removed"]) > 1:
            members = ", ".join(f"{copy['id']}:{copy['line']}" for copy in cluster["removed"])
            yield f"cluster: {cluster['keeper']['id']}:{cluster['keeper']['line']} stays for {members}"
    for row in pairs:
        keeper = row["keeper"]
        fate = "removed" if row["removed"] else "kept"
        index = " (index)" if keeper["indexed"] else ""
        yield ""
        yield f"{keeper['similarity']:.3f} {keeper['verdict']}, {fate}: {row['reason']}"
        yield f"  {row['id']}:{row['line']}  {_shorten(row['text'])}"
        yield f"  {keeper['id']}:{keeper['line']}{index}  {_shorten(row['keeper_text'])}"


def _shorten(text: str) -> str:
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "\N{HORIZONTAL ELLIPSIS}"


def run_judge(pairs: str, removed: tuple[str, ...]) -> int:
    """Print a verdict for each pair; a line that is no pair is named, exit code 3."""
    from cleaner.core.comparison.judgment import PairRow, judge_pair
    from cleaner.report.ledger import dump_json

    try:
        content = sys.stdin.buffer.read() if pairs == "-" else Path(pairs).read_bytes()
    except OSError as error:
        raise CleanerError(f"{pairs}: cannot be read ({error.strerror})") from None
    failed = 0
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            pair = PairRow(row["id"], row["a"], row["b"])
            if not isinstance(pair.a, str) or not isinstance(pair.b, str):
                raise TypeError("a and b are strings")
        except (ValueError, KeyError, TypeError) as error:
            failed += 1
            print(f"cleaner: {pairs}:{number}: no pair with id, a and b: {error!r}", file=sys.stderr)
            continue
        print(dump_json(judge_pair(pair, removed)))
    return 3 if failed else 0

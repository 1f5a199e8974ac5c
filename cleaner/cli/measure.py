"""``cleaner rules measure``: what labelled pages say of the rules."""

import argparse
from pathlib import Path
from typing import Any


def add_action(actions: Any) -> None:
    """Add ``measure`` to the commands of ``cleaner rules``."""
    measure = actions.add_parser(
        "measure",
        help="try the rules on labelled pages",
        description="Count, for each rule, sites, pages, hits and article lines hit, and say whether it may be safe.",
    )
    measure.add_argument(
        "labelled", type=Path, metavar="LABELLED", help="labelled pages, .jsonl or .jsonl.gz"
    )
    measure.add_argument(
        "packs", nargs="*", metavar="PACK", help="packs to measure; default: all shipped packs"
    )
    measure.add_argument("--lines", action="store_true", help="print the article lines that were hit, too")
    measure.add_argument(
        "--write", action="store_true", help="write the evidence file and its table in docs/rules.md"
    )
    measure.add_argument(
        "--evidence",
        type=Path,
        default=Path("docs/evidence"),
        metavar="FOLDER",
        help="where reviewed.toml is read and rules.json is written (default: docs/evidence)",
    )
    measure.set_defaults(run=run_measure)


def run_measure(options: argparse.Namespace) -> int:
    """Print a line for each rule; exit code 1 if a rule is declared safer than its evidence."""
    from cleaner.corpus.measure import (
        measure_rules,
        read_labelled,
        read_review,
        render_table,
        tabulate,
        write_evidence,
    )
    from cleaner.packs import load_packs

    rules = [rule for pack in load_packs(options.packs) for rule in pack.rules]
    evidence = measure_rules(rules, read_labelled(options.labelled))
    review = read_review(options.evidence / "reviewed.toml")
    table = tabulate(rules, evidence, review, options.labelled)
    if options.write:
        write_evidence(options.evidence, table, partly=bool(options.packs))
    print(render_table(table), end="")
    unearned = [
        rule
        for rule in rules
        if rule.safety == "safe" and not table["rules"][rule.id]["verdict"].startswith("safe")
    ]
    for rule in rules if options.lines else unearned:
        for line, text in sorted(evidence[rule.id].article.items()):
            if line not in review.errors.get(rule.id, {}):
                print(f"{rule.id}: {line}: {text}")
    for rule in unearned:
        print(
            f"{rule.where}: {rule.id} is declared safe, the evidence says {table['rules'][rule.id]['verdict']}"
        )
    return 1 if unearned else 0

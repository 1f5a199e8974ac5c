"""``cleaner rules``: list the rules, show one, test their examples."""

import argparse
import sys
from typing import Any

from cleaner.cli.measure import add_action
from cleaner.errors import CleanerError, PackError


def add_command(commands: Any) -> None:
    """Add the command and its own commands to the parser."""
    parser = commands.add_parser(
        "rules",
        help="list, show and test rules",
        description="The rules: what each removes and why, and whether its examples hold.",
    )
    actions = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = actions.add_parser(
        "list", help="list rules, one a line", description="List rules: id, safety, pack, reason."
    )
    listing.add_argument("packs", nargs="*", metavar="PACK", help="packs to list; default: all shipped packs")
    listing.add_argument(
        "--packs", dest="packs_only", action="store_true", help="list the packs instead of their rules"
    )
    listing.set_defaults(run=run_list)
    show = actions.add_parser(
        "show", help="show one rule with its examples", description="Show a rule as its pack has it."
    )
    show.add_argument("id", metavar="ID", help="the id of a rule, as reports name it")
    show.add_argument(
        "--rules", nargs="+", metavar="PACK", default=[], help="packs to look in; default: all shipped packs"
    )
    show.set_defaults(run=run_show)
    test = actions.add_parser(
        "test",
        help="run the examples of all rules",
        description="Check that each rule hits its hits and misses its misses. Exit code 2 if one does not.",
    )
    test.add_argument("packs", nargs="*", metavar="PACK", help="packs to test; default: all shipped packs")
    test.set_defaults(run=run_test)
    add_action(actions)


def run_list(options: argparse.Namespace) -> int:
    """Print the packs, or the rules of packs."""
    from cleaner.packs import load_packs
    from cleaner.stages import BUILTIN_RULES

    packs = load_packs(options.packs)
    if options.packs_only:
        for pack in packs:
            spoken = ", ".join(sorted(pack.languages)) or "every language"
            print(f"{pack.name:24} {pack.version:8} {len(pack.rules):5} rules  {spoken}")
        return 0
    rows = [(rule.id, rule.safety, pack.name, rule.why) for pack in packs for rule in pack.rules]
    if not options.packs:
        rows.extend((rule.id, rule.safety, "built in", rule.why) for rule in BUILTIN_RULES)
    for id, safety, pack_name, why in sorted(rows):
        print(f"{id:40} {safety:7} {pack_name:20} {why}")
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print a rule's source."""
    from cleaner.packs import load_packs, rule_source
    from cleaner.stages import BUILTIN_RULES

    for pack in load_packs(options.rules):
        for rule in pack.rules:
            if rule.id == options.id:
                print(f"# {rule.where}")
                print(rule_source(rule))
                return 0
    for builtin in BUILTIN_RULES:
        if builtin.id == options.id:
            print(f"# built in\nid = {builtin.id!r}\nsafety = {builtin.safety!r}\nwhy = {builtin.why!r}")
            for hit in builtin.hits:
                print(f"hit  {hit.before!r} becomes {hit.after!r}")
            for miss in builtin.misses:
                print(f"miss {miss.text!r}")
            return 0
    raise CleanerError(f"{options.id}: no such rule; `cleaner rules list` names them all")


def run_test(options: argparse.Namespace) -> int:
    """Run the examples; exit code 2 with one line for each that fails."""
    from cleaner.packs import check_examples, load_packs

    packs = load_packs(options.packs)
    failures = check_examples(packs)
    if failures:
        raise PackError(failures)
    rules = [rule for pack in packs for rule in pack.rules]
    examples = sum(len(rule.hits) + len(rule.misses) for rule in rules)
    print(f"{len(packs)} packs, {len(rules)} rules, {examples} examples: all hold", file=sys.stdout)
    return 0

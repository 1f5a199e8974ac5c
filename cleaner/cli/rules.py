"""``cleaner rules``: list the rules, show one, test their examples."""

import argparse
import sys
from pathlib import Path
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
        help="run the examples of all rules and look for flaws",
        description="Check that each rule hits its hits and misses its misses, and look for flaws: unknown languages, lines "
        "that can never match, slow regexes, doubles, rules in the shadow of earlier ones. Exit code 2 if an example fails, "
        "a language is unknown or a regex is slow, 1 for flaws that a person has to weigh.",
    )
    test.add_argument("packs", nargs="*", metavar="PACK", help="packs to test; default: all shipped packs")
    test.set_defaults(run=run_test)
    add_action(actions)
    learn = actions.add_parser(
        "learn",
        help="propose rules from lines that recur in a corpus",
        description="Propose lines that recur as a rule pack for review, on standard output. Nothing learned acts by itself: "
        "each proposal is a hint and needs a miss that a person writes.",
    )
    learn.add_argument(
        "inputs",
        nargs="+",
        metavar="CORPUS",
        help="files, folders or globs; or one folder of a run with --dedupe corpus, for the boilerplate that it found",
    )
    learn.add_argument(
        "--by",
        choices=("document", "site"),
        default="document",
        help="count documents, or sites: the first folder of a document's id (default: document)",
    )
    learn.add_argument(
        "--least", type=int, default=5, metavar="N", help="in how many documents or sites (default: 5)"
    )
    learn.set_defaults(run=run_learn)
    reference = actions.add_parser(
        "reference",
        help="write the reference of the rule language into a page",
        description="Renew the parts of a Markdown page between <!-- reference: NAME --> and <!-- end of reference -->, from "
        "the code: keys, scopes, shapes, guards, categories.",
    )
    reference.add_argument("page", metavar="PAGE.md", type=Path, help="the page, such as rules/README.md")
    reference.set_defaults(run=run_reference)
    new = actions.add_parser(
        "new",
        help="write a new rule for a line, ready to be tested",
        description="Append a rule that removes LINE to a pack; makes the pack if it is missing. MISS is a sentence that must stay.",
    )
    new.add_argument("pack", metavar="PACK.toml", type=Path, help="the pack to append to")
    new.add_argument("--id", required=True, help="category and name, such as ad.our-shop")
    new.add_argument("--line", required=True, action="append", help="a line to remove; may be given again")
    new.add_argument(
        "--miss", required=True, action="append", help="a text that must stay; may be given again"
    )
    new.add_argument("--why", required=True, help="what the rule takes out, in a sentence")
    new.set_defaults(run=run_new)


def run_list(options: argparse.Namespace) -> int:
    """Print the packs, or the rules of packs."""
    from cleaner.catalogue import BUILTIN_RULES
    from cleaner.packs import load_packs

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
    from cleaner.catalogue import BUILTIN_RULES
    from cleaner.packs import load_packs, rule_source

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
    """Run the examples and look for flaws: exit code 2 for failures and serious flaws, 1 for others."""
    from cleaner.corpus.hygiene import SERIOUS, find_flaws
    from cleaner.packs import check_examples, load_packs

    packs = load_packs(options.packs)
    flaws = find_flaws(packs)
    failures = check_examples(packs) + [str(flaw) for flaw in flaws if flaw.kind in SERIOUS]
    if failures:
        raise PackError(failures)
    rules = [rule for pack in packs for rule in pack.rules]
    examples = sum(len(rule.hits) + len(rule.misses) for rule in rules)
    print(f"{len(packs)} packs, {len(rules)} rules, {examples} examples: all hold")
    for flaw in flaws:
        print(flaw)
    return 1 if flaws else 0


def run_learn(options: argparse.Namespace) -> int:
    """Print proposals as a rule pack."""
    from cleaner.batch.corpus_pass import PAIRS, read_pairs
    from cleaner.corpus.learn import learn_lines, propose_repetitions, write_proposals
    from cleaner.errors import UnreadableError
    from cleaner.formats.files import find_inputs
    from cleaner.packs import load_packs
    from cleaner.sources.decode import decode

    if options.least < 2:
        raise CleanerError("--least is a whole number from 2: a line that occurs once does not recur")
    known = frozenset(
        key
        for pack in load_packs()
        for rule in pack.rules
        if rule.scope in ("line", "block", "section")
        for key in rule.lines | rule.start
    )
    run = Path(options.inputs[0])
    if len(options.inputs) == 1 and (run / PAIRS).is_file():
        repeated = (row for row in read_pairs(run) if row["kind"] == "repeated")
        print(write_proposals(propose_repetitions(repeated, known)), end="")
        return 0
    documents = []
    unreadable = 0
    for source in find_inputs(options.inputs).sources:
        try:
            text = decode(source.path.read_bytes()).text
        except (UnreadableError, OSError) as error:
            unreadable += 1
            print(f"cleaner: {source.path}: cannot be read: {error}", file=sys.stderr)
            continue
        documents.append((source.id, source.id.partition("/")[0] if "/" in source.id else "", text))
    print(write_proposals(learn_lines(documents, by=options.by, least=options.least, known=known)), end="")
    return 3 if unreadable else 0


def run_new(options: argparse.Namespace) -> int:
    """Append a rule to a pack and test it; a rule that fails is not written."""
    from cleaner.catalogue import BUILTIN_RULES
    from cleaner.formats.files import write_file
    from cleaner.packs import load_packs, write_rule

    taken = {rule.id: "a rule that is built in" for rule in BUILTIN_RULES}
    taken |= {rule.id: rule.where for pack in load_packs() for rule in pack.rules}
    head = options.pack.read_text(encoding="utf-8") if options.pack.exists() else ""
    content = write_rule(head, options.pack.stem, options.id, options.why, options.line, options.miss, taken)
    write_file(options.pack, content.encode())
    print(
        f"{options.id} written to {options.pack}; its examples hold. Clean with --rules news {options.pack}"
    )
    return 0


def run_reference(options: argparse.Namespace) -> int:
    """Renew the reference parts of a page."""
    from cleaner.corpus.reference import renew_reference
    from cleaner.formats.files import write_file

    write_file(options.page, renew_reference(options.page.read_text(encoding="utf-8")).encode())
    return 0

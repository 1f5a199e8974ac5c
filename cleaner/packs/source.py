"""Rules as TOML: the source of one that was read, and the source of a new one."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from cleaner.core.rules import (
    Rule,
)
from cleaner.errors import PackError
from cleaner.packs.examples import check_examples
from cleaner.packs.reading import RULE_HEADER_RE, parse_pack


def rule_source(rule: Rule) -> str:
    """The TOML table of a rule as its pack has it, comments included."""
    path, _, number = rule.where.rpartition(":")
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    first = int(number) - 1
    last = first + 1
    while last < len(lines) and not RULE_HEADER_RE.match(lines[last]):
        last += 1
    return "\n".join(lines[first:last]).rstrip()


def describe_rule(rule: Rule) -> dict[str, object]:
    """What a report says of a rule: reason, place in its pack, source; no source where the file is gone."""
    try:
        source = rule_source(rule)
    except OSError:
        source = ""
    return {
        "why": rule.why,
        "safety": rule.safety,
        "line": int(rule.where.rpartition(":")[2]),
        "source": source,
        "languages": sorted(rule.languages),
        "sites": sorted(rule.sites),
    }


def write_rule(
    source: str,
    name: str,
    id: str,
    why: str,
    lines: Sequence[str],
    misses: Sequence[str],
    taken: Mapping[str, str] | None = None,
) -> str:
    """A pack's source with a rule for whole lines appended; an empty source becomes a pack called ``name``.

    Raises PackError when the pack with its new rule does not load, when its id is that of another rule
    of the pack or one of ``taken`` (id to where it stands), or when an example fails.
    """

    def listed(texts: Sequence[str]) -> str:
        return "[" + ", ".join(json.dumps(text, ensure_ascii=False) for text in texts) + "]"

    head = source.rstrip() or f'[pack]\nname = {json.dumps(name)}\nversion = "0.1.0"'
    table = (
        f'[[rule]]\nid = {json.dumps(id)}\nwhy = {json.dumps(why, ensure_ascii=False)}\nscope = "line"\n'
        f"lines = {listed(lines)}\nhits = {listed(lines)}\nmisses = {listed(misses)}\n"
    )
    content = f"{head}\n\n{table}"
    problems: list[str] = []
    pack = parse_pack(name, Path(f"{name}.toml"), content, "", problems)
    if pack is not None and not problems:
        *others, _ = pack.rules
        places = {**(taken or {}), **{rule.id: rule.where for rule in others}}
        if id in places:
            problems.append(f"{name}.toml: rule {id}: the id is taken by {places[id]}; choose another")
        problems.extend(check_examples([pack]))
    if problems:
        raise PackError(problems)
    return content

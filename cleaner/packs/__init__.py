"""Rule packs: TOML files read into rules, with every mistake named by file, line and rule.

A pack that is broken never keeps the others from being read; all problems are collected and raised
together as one :class:`~cleaner.errors.PackError`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cleaner.core.rules import Rule
from cleaner.errors import CleanerError, PackError
from cleaner.packs.examples import check_examples
from cleaner.packs.reading import Pack, parse_pack
from cleaner.packs.shipped import shipped_paths
from cleaner.packs.source import describe_rule, rule_source, write_rule

__all__ = [
    "Pack", "check_examples", "describe_rule", "load_packs", "read_pack", "rule_source", "shipped_paths", "write_rule",
]  # fmt: skip


def load_packs(names: Sequence[str] = ()) -> list[Pack]:
    """The packs of these names, paths or folders; all shipped packs if none is named.

    A name is a shipped pack (``en/news``), the last part of one (``news``: that pack in every
    language), or the path of a ``.toml`` file or of a folder of them. Site packs come first, then
    packs given by path, then shipped packs. Raises PackError with all problems, and CleanerError for
    a name that is no pack.
    """
    shipped = shipped_paths()
    wanted: dict[str, Path] = {}
    for name in names or shipped:
        wanted.update(_find_pack(name, shipped))
    problems: list[str] = []
    packs: dict[str, Pack] = {}
    queue = list(wanted.items())
    while queue:
        name, path = queue.pop(0)
        if name in packs:
            continue
        pack = read_pack(name, path, problems)
        if pack is None:
            continue
        packs[name] = pack
        for extended in pack.extends:
            try:
                queue.extend(_find_pack(extended, shipped).items())
            except CleanerError as error:
                problems.append(f"{path}: [pack] extends: {error}")
    problems.extend(_doubled_ids(packs.values()))
    if problems:
        raise PackError(problems)
    widened = _widen_languages(packs, shipped)
    return sorted(widened, key=lambda pack: (not pack.sites, pack.name in shipped, pack.name))


def _widen_languages(packs: Mapping[str, Pack], shipped: Mapping[str, Path]) -> list[Pack]:
    """Packs with the languages of those that build on them: their rules act in documents of these, too."""
    spoken = {name: pack.languages for name, pack in packs.items()}
    for pack in packs.values():
        if not pack.languages:
            continue
        reached: set[str] = set()
        queue = [pack]
        while queue:
            names = {name for extended in queue.pop().extends for name in _find_pack(extended, shipped)}
            queue.extend(packs[name] for name in sorted(names - reached))
            reached |= names
        for name in reached:
            spoken[name] = spoken[name] | pack.languages if spoken[name] else spoken[name]
    return [
        pack
        if spoken[name] == pack.languages
        else replace(
            pack,
            languages=spoken[name],
            rules=tuple(
                replace(rule, languages=rule.languages | spoken[name]) if rule.languages else rule
                for rule in pack.rules
            ),
        )
        for name, pack in packs.items()
    ]


def _find_pack(name: str, shipped: Mapping[str, Path]) -> dict[str, Path]:
    if name in shipped:
        return {name: shipped[name]}
    path = Path(name)
    if name.endswith(".toml") or path.is_dir():
        if path.is_dir():
            found = {member.as_posix(): member for member in sorted(path.rglob("*.toml"))}
            if not found:
                raise CleanerError(f"{name}: no rule pack (*.toml) in this folder")
            return found
        if not path.is_file():
            raise CleanerError(f"{name}: no such rule pack")
        return {path.as_posix(): path}
    matches = {full: path for full, path in shipped.items() if name in full.split("/")}
    if not matches:
        raise CleanerError(f"{name}: no such rule pack; `cleaner rules list --packs` names them all")
    return matches


def _doubled_ids(packs: Iterable[Pack]) -> list[str]:
    first: dict[str, Rule] = {}
    problems = []
    for pack in packs:
        for rule in pack.rules:
            if rule.id in first:
                problems.append(
                    f"{rule.where}: rule {rule.id}: the id is taken by {first[rule.id].where}; choose another"
                )
            first.setdefault(rule.id, rule)
    return problems


def read_pack(name: str, path: Path, problems: list[str]) -> Pack | None:
    """One pack; its problems are appended to ``problems``, and what is wrong is left out."""
    try:
        content = path.read_bytes()
        source = content.decode("utf-8")
    except OSError as error:
        problems.append(f"{path}: cannot be read ({error.strerror}); check the path and its permissions")
        return None
    except UnicodeDecodeError as error:
        problems.append(f"{path}: not UTF-8 at byte {error.start}; save the pack as UTF-8")
        return None
    pack, found = _parse_once(name, path, source, hashlib.sha256(content).hexdigest())
    problems.extend(found)
    return pack


@lru_cache(maxsize=512)
def _parse_once(name: str, path: Path, source: str, sha256: str) -> tuple[Pack | None, tuple[str, ...]]:
    """A pack and its problems. The cleaner and the report ask for the same packs, and compiling them takes long."""
    problems: list[str] = []
    pack = parse_pack(name, path, source, sha256, problems)
    return pack, tuple(problems)

"""A project's choices: ``[tool.cleaner]`` of the nearest pyproject.toml, a cleaner.toml, or a named file.

```toml
rules = ["news", "house.toml"]           # packs; paths are relative to this file
disable = ["photo-credit.*"]
level = "safe"
decisions = "decisions.toml"             # single spans that stay

[sites]                                  # which site the texts of a folder come from
"kyiv/" = "kyivindependent.com"

[per-file-ignores]                       # rules that do not act on some documents
"interviews/*" = ["related.*"]
```
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.core.document import Keep
from cleaner.errors import CleanerError

FILE_NAME = "cleaner.toml"
_CHOICES = ("level", "captions", "dedupe", "extractor", "language", "language_backend", "profile", "site")
_LISTS = ("rules", "enable", "disable")
KEYS = (*_LISTS, *_CHOICES, "decisions", "sites", "per-file-ignores")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file says; what it does not say is None or empty."""

    rules: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    sites: tuple[tuple[str, str], ...] = ()
    ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keeps: tuple[Keep, ...] = ()


def find_configuration(start: Path) -> Path | None:
    """The nearest cleaner.toml, or pyproject.toml with a table [tool.cleaner], in a folder or above it."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        project = folder / "pyproject.toml"
        if project.is_file() and "cleaner" in _read_toml(project).get("tool", {}):
            return project
    return None


def read_configuration(path: Path | None) -> Configuration:
    """The configuration in a file; an empty one for None.

    Raises CleanerError that names file and key for what is not understood.
    """
    if path is None:
        return Configuration()
    table = _read_toml(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("cleaner", {})
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise CleanerError(f"{path}: unknown key {unknown[0]!r}; known: {', '.join(KEYS)}")
    lists = {key: _strings(path, table, key) for key in _LISTS}
    choices = {}
    for key in _CHOICES:
        if key in table:
            if not isinstance(table[key], str):
                raise CleanerError(f"{path}: {key} is a string")
            choices[key] = table[key]
    return Configuration(
        rules=tuple(_relative_pack(path, name) for name in lists["rules"]),
        enable=lists["enable"],
        disable=lists["disable"],
        choices=choices,
        sites=_read_sites(path, table),
        ignores=tuple(
            (pattern, _strings(path, _table(path, table, "per-file-ignores"), pattern))
            for pattern in _table(path, table, "per-file-ignores")
        ),
        keeps=_read_decisions(path.parent / str(table["decisions"])) if "decisions" in table else (),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CleanerError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CleanerError(f"{path}: TOML syntax: {error}") from None


def _strings(path: Path, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CleanerError(f"{path}: {key} is a list of strings")
    return tuple(value)


def _table(path: Path, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise CleanerError(f"{path}: {key} is a table")
    return value


def _read_sites(path: Path, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    sites = _table(path, table, "sites")
    if not all(isinstance(host, str) for host in sites.values()):
        raise CleanerError(f"{path}: sites maps folders to host names")
    return tuple(sites.items())


def _relative_pack(path: Path, name: str) -> str:
    """A pack's path, relative to the configuration; a shipped pack's name as it is."""
    beside = path.parent / name
    return str(beside) if name.endswith(".toml") or beside.is_dir() else name


def _read_decisions(path: Path) -> tuple[Keep, ...]:
    table = _read_toml(path)
    rows = table.get("keep", [])
    names = set(Keep._fields)
    keeps = []
    for row in rows if isinstance(rows, list) else []:
        known = isinstance(row, dict) and names <= set(row) <= names | {"why", "rule", "text"}
        if not known or not isinstance(row["document"], str) or not isinstance(row["start"], int):
            raise CleanerError(
                f"{path}: each [[keep]] has document (SHA-256 of the source text), start and end"
            )
        keeps.append(Keep(row["document"], row["start"], int(row["end"])))
    if set(table) - {"keep"}:
        raise CleanerError(
            f"{path}: unknown key {sorted(set(table) - {'keep'})[0]!r}; a decisions file holds [[keep]]"
        )
    return tuple(keeps)

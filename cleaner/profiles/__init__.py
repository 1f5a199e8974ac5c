"""Profiles: a corpus's own style as a TOML file, the shipped ones by name.

[profile]
name = "house"
quotes = "typographic"        # keep | plain | typographic; so, too, dashes and ellipses
spaces = "plain"              # keep | plain: no-break and thin spaces
honorifics = "period"         # keep | period (Mr.) | bare (Mr)
form = "NFC"                  # NFC | NFKC
inside_quotations = false     # whether the glossary and titles reach into quotations

[[glossary]]
use = "Kyiv"
instead_of = ["Kiev"]
unless_in = ["chicken Kiev"]
"""

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from cleaner.errors import CleanerError
from cleaner.stages.normalise.profile import GlossaryEntry, Profile

SHIPPED = ("plain", "typographic")
_TABLES = {"profile", "glossary"}


def load_profile(name_or_path: str) -> Profile:
    """The profile of a shipped name, or of a TOML file.

    Raises CleanerError, which names the file, the key and what may stand there.

    >>> load_profile("plain").quotes
    'plain'
    """
    shipped = name_or_path in SHIPPED
    path = Path(__file__).parent / f"{name_or_path}.toml" if shipped else Path(name_or_path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(SHIPPED)
        raise CleanerError(
            f"--profile {name_or_path}: {error.strerror}; give {known} or a TOML file"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CleanerError(f"{path}: not TOML: {error}") from error
    return read_profile(table, str(path))


def read_profile(table: dict[str, Any], where: str) -> Profile:
    """The profile that a TOML table describes; ``where`` names it in errors."""
    _refuse_unknown(table, _TABLES, where)
    settings = table.get("profile", {})
    allowed = _find_choices()
    if not isinstance(settings, dict):
        raise CleanerError(f"{where}: profile: must be a table, [profile]")
    _refuse_unknown(settings, set(allowed) | {"name"}, f"{where}: [profile]")
    for key, value in settings.items():
        if key == "name" and not isinstance(value, str):
            raise CleanerError(f"{where}: [profile] name: must be a string")
        if key != "name" and (value not in allowed[key] or type(value) is not type(allowed[key][0])):
            choices = ", ".join(
                str(choice).lower() if choice in (True, False) else choice for choice in allowed[key]
            )
            raise CleanerError(f"{where}: [profile] {key} = {value!r}: must be one of {choices}")
    entries = table.get("glossary", [])
    if not isinstance(entries, list):
        raise CleanerError(f"{where}: glossary: must be a list of tables, [[glossary]]")
    glossary = tuple(_read_entry(entry, f"{where}: [[glossary]] {n}") for n, entry in enumerate(entries, 1))
    _refuse_doubles(glossary, where)
    return Profile(**settings, glossary=glossary)


def _find_choices() -> dict[str, tuple[Any, ...]]:
    """What each setting may be."""
    hints = get_type_hints(Profile)
    choices = {field.name: get_args(hints[field.name]) for field in fields(Profile)}
    return {
        name: values
        for name, values in choices.items()
        if name not in ("name", "glossary", "inside_quotations")
    } | {"inside_quotations": (False, True)}


def _read_entry(entry: Any, where: str) -> GlossaryEntry:
    if not isinstance(entry, dict):
        raise CleanerError(f"{where}: must be a table")
    _refuse_unknown(entry, {"use", "instead_of", "unless_in"}, where)
    use, instead_of, unless_in = entry.get("use"), entry.get("instead_of"), entry.get("unless_in", [])
    if not isinstance(use, str) or not use:
        raise CleanerError(f"{where}: use: must be the spelling to write")
    for key, words in (("instead_of", instead_of), ("unless_in", unless_in)):
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise CleanerError(f"{where}: {key}: must be a list of strings")
    if not instead_of:
        raise CleanerError(f"{where}: instead_of: must name at least one spelling")
    return GlossaryEntry(use, tuple(instead_of), tuple(unless_in))


def _refuse_unknown(table: dict[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise CleanerError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(known))}")


def _refuse_doubles(glossary: tuple[GlossaryEntry, ...], where: str) -> None:
    """No spelling may be replaced by two, nor by one that is replaced in turn."""
    owner: dict[str, str] = {}
    for entry in glossary:
        for old in entry.instead_of:
            if owner.setdefault(old.casefold(), entry.use) != entry.use:
                raise CleanerError(
                    f"{where}: glossary: {old!r} is to become both {owner[old.casefold()]!r} and {entry.use!r}"
                )
    for entry in glossary:
        if owner.get(entry.use.casefold(), entry.use) != entry.use or entry.use.casefold() in owner:
            raise CleanerError(
                f"{where}: glossary: {entry.use!r} is both a spelling to write and one to replace"
            )

"""The reference parts of ``rules/README.md``, written from the code, so that they cannot fall behind it."""

import re
from collections.abc import Mapping

from cleaner.core.keys import (
    ACTION_KEYS,
    ACTION_MEANINGS,
    EXTENT_KEYS,
    GUARD_KEYS,
    IDENTITY_KEYS,
    MATCHER_KEYS,
    PACK_KEYS,
    PLACED_SHAPE_MEANINGS,
    SAFETY_MEANINGS,
    SCOPE_MEANINGS,
)
from cleaner.core.rules import CATEGORIES, LIST_FIELDS, TEXT_FIELDS
from cleaner.core.shapes import SHAPES
from cleaner.errors import CleanerError

_PART_RE = re.compile(r"(<!-- reference: ([a-z]+) -->\n).*?(<!-- end of reference -->)", re.DOTALL)


def write_parts() -> dict[str, str]:
    """The parts of the reference by name, as Markdown."""
    shapes = {name: _first_sentence(shape.__doc__) for name, shape in SHAPES.items()} | PLACED_SHAPE_MEANINGS
    return {
        "pack": _table("key of `[pack]`", PACK_KEYS),
        "identity": _table("key", IDENTITY_KEYS),
        "scopes": _table("scope", SCOPE_MEANINGS),
        "matchers": _table("key", MATCHER_KEYS),
        "actions": _table("action", ACTION_MEANINGS) + "\n" + _table("key", ACTION_KEYS),
        "safeties": _table("safety", SAFETY_MEANINGS),
        "guards": _table("key", GUARD_KEYS),
        "extents": _table("key", EXTENT_KEYS),
        "shapes": _table("shape", shapes),
        "categories": ", ".join(f"`{name}`" for name in CATEGORIES) + "\n",
        "fields": f"One value: {_listed(TEXT_FIELDS)}. Lists: {_listed(LIST_FIELDS)}.\n",
    }


def renew_reference(page: str) -> str:
    """A page with all its reference parts renewed; raises CleanerError for a part that does not exist."""
    parts = write_parts()

    def renew(match: re.Match[str]) -> str:
        if match[2] not in parts:
            raise CleanerError(f"no part {match[2]!r} of the reference; there are: {', '.join(parts)}")
        return f"{match[1]}{parts[match[2]]}{match[3]}"

    return _PART_RE.sub(renew, page)


def _table(head: str, meanings: Mapping[str, str]) -> str:
    rows = [f"| {head} | meaning |", "|---|---|"]
    rows.extend(f"| `{key}` | {meaning.replace('|', chr(92) + '|')} |" for key, meaning in meanings.items())
    return "\n".join(rows) + "\n"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _first_sentence(docstring: str | None) -> str:
    """The first line of a docstring without its full stop, its literals in Markdown."""
    line = (docstring or "").strip().split("\n")[0].removesuffix(".")
    return line.replace("``", "`")

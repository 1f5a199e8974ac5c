"""Sums over the rows of a page, and the rows that it lists."""

from collections.abc import Iterable, Mapping
from typing import Any

LISTED = 20_000  # rows of one page; an index of more lists the documents that lost most
DUPLICATES = 500
SHARES = (0, 1, 5, 10, 25, 50, 75)  # percent of a document's text: more than the one, up to the next


class Totals:
    """What a page says about its documents together. Rows may be added one after the other.

    ``shares`` counts documents by the share of their text that they lost, for each of ``SHARES``.
    """

    def __init__(self) -> None:
        self.rules: dict[str, dict[str, int]] = {}
        self.sites: dict[str, list[int]] = {}
        self.languages: dict[str, list[int]] = {}
        self.duplicates: list[dict[str, Any]] = []
        self.duplicates_found = 0
        self.rows: list[dict[str, Any]] = []
        self.shares = [[least, 0] for least in SHARES]
        self.words = 0
        self.changed = 0
        self.unlisted = 0

    def add_all(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Count rows and list them; of more than can be listed, those that lost most stay."""
        for row in rows:
            self._count(row)
            listed = dict(row)
            duplicates = listed.pop("duplicates")
            self.duplicates_found += len(duplicates)
            self.duplicates.extend(duplicates[: DUPLICATES - len(self.duplicates)])
            self.rows.append(listed)
            if len(self.rows) >= 2 * LISTED:
                self._drop_rows()
        self._drop_rows()

    def _drop_rows(self) -> None:
        if len(self.rows) > LISTED:
            self.rows.sort(key=lambda row: (not row["flags"], -row["words"], row["id"]))
            self.unlisted += len(self.rows) - LISTED
            del self.rows[LISTED:]

    def _count(self, row: Mapping[str, Any]) -> None:
        self.words += row["words"]
        self.changed += bool(row["edits"])
        before, after = row["chars"]
        percent = 100 * (before - after) / before if before else 0.0
        for band in reversed(self.shares):
            if percent > band[0]:
                band[1] += 1
                break
        for groups, name in ((self.sites, row["site"]), (self.languages, row["language"])):
            group = groups.setdefault(name, [0, 0])
            group[0] += 1
            group[1] += row["words"]
        for id, (edits, words) in row["rules"].items():
            counts = self._counts_of(id)
            counts["documents"] += 1
            counts["edits"] += edits
            counts["words"] += words
        for id, hints in row["hints"].items():
            self._counts_of(id)["hints"] += hints

    def _counts_of(self, rule: str) -> dict[str, int]:
        return self.rules.setdefault(rule, {"documents": 0, "edits": 0, "words": 0, "hints": 0})

    @staticmethod
    def listed(groups: Mapping[str, list[int]]) -> list[list[Any]]:
        """Name, documents and words of each group, the largest first."""
        return [
            [name, *counts]
            for name, counts in sorted(groups.items(), key=lambda item: (-item[1][0], item[0]))
        ]

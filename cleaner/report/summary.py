"""What one run did, counted while it runs; what stands in OUT is in the manifest."""

import heapq
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

MOST_NAMED = 10  # flagged documents; the reports hold them all


class Counted(Protocol):
    """What a cleaned document is counted by."""

    @property
    def chars_in(self) -> int: ...
    @property
    def chars_out(self) -> int: ...
    @property
    def by_rule(self) -> Mapping[str, int]: ...
    @property
    def flags(self) -> tuple[str, ...]: ...
    @property
    def kept(self) -> bool: ...
    @property
    def seconds(self) -> float: ...


SLOWEST = 3


@dataclass
class Summary:
    """Counts of a run for the terminal. ``flagged`` holds the first (document id, flag id) pairs of ``flags``.

    ``slowest`` holds the documents that took longest, as (seconds, document id), for the terminal only: no
    file of a run tells times.
    """

    cleaned: int = 0
    unchanged: int = 0
    left_out: int = 0
    quarantined: Collection[dict[str, Any]] = ()
    chars_in: int = 0
    chars_out: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    flags: int = 0
    by_flag: Counter[str] = field(default_factory=Counter)
    flagged: list[tuple[str, str]] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def count(self, id: str, document: Counted) -> None:
        """Count a document that was cleaned, or kept as it was."""
        self.unchanged += document.kept
        self.cleaned += not document.kept
        self.chars_in += document.chars_in
        self.chars_out += document.chars_out
        self.by_rule.update(document.by_rule)
        self.flags += len(document.flags)
        self.by_flag.update(document.flags)
        room = MOST_NAMED - len(self.flagged)
        self.flagged.extend((id, flag) for flag in document.flags[:room])
        if not document.kept:
            self.slowest = heapq.nlargest(SLOWEST, [*self.slowest, (document.seconds, id)])

    def count_shard(self, receipt: Mapping[str, Any]) -> None:
        """Count the documents of a shard that was kept as it was."""
        self.unchanged += receipt["documents"]
        self.left_out += receipt["duplicates_left_out"]
        self.chars_in += receipt["chars_in"]
        self.chars_out += receipt["chars_out"]
        self.by_rule.update(receipt["by_rule"])
        self.by_flag.update(receipt.get("flags", {}))
        self.flags += sum(receipt.get("flags", {}).values())

    def totals(self) -> dict[str, int]:
        """The totals of the manifest."""
        return {
            "documents": self.cleaned + self.unchanged,
            "duplicates_left_out": self.left_out,
            "quarantined": len(self.quarantined),
            "chars_in": self.chars_in,
            "chars_out": self.chars_out,
        }

"""What one run did, counted while it runs; what stands in OUT is in the manifest."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Summary:
    """Counts of a run for the terminal. ``flagged`` holds (document id, flag id) pairs."""

    cleaned: int = 0
    unchanged: int = 0
    quarantined: list[dict[str, Any]] = field(default_factory=list)
    chars_in: int = 0
    chars_out: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    flagged: list[tuple[str, str]] = field(default_factory=list)

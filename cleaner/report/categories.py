"""Categories of rules in families, and what each of them did; terminal and page colour by family.

A rule's category is its id up to the first dot.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Family(NamedTuple):
    """Categories that a reader takes for one kind of thing."""

    label: str
    categories: tuple[str, ...]


FAMILIES: Mapping[str, Family] = {
    "furniture": Family(
        "Page furniture",
        (
            "nav", "skip-link", "edit-link", "breadcrumb", "print-email", "follow", "share", "app", "machinery",
            "extract", "boilerplate",
        ),
    ),
    "captured": Family(
        "Moved to metadata",
        ("byline", "date", "read-time", "title", "section", "tags", "origin", "author-bio", "contributor"),
    ),
    "media": Family("Captions and media", ("caption", "photo-credit", "audio", "video", "embed")),
    "asks": Family("Ads and requests", ("newsletter", "donate", "paywall", "ad", "form", "poll")),
    "elsewhere": Family("Other stories", ("related", "live-feed", "most-read", "comments")),
    "legal": Family("Legal notices", ("copyright", "legal", "cookie")),
    "judged": Family("Found by the scorer", ("scorer",)),
    "duplicate": Family("Said twice", ("duplicate", "title-duplicate")),
    "letters": Family("Broken letters", ("repair",)),
    "wording": Family("Wording", ("normalise", "rejoin", "translation", "consistency", "profile", "quotation", "language")),
    "layout": Family("Spacing", ("layout",)),
}  # fmt: skip
OTHER = "other"
_FAMILY_OF = {name: key for key, family in FAMILIES.items() for name in family.categories}


class Category(NamedTuple):
    """What the rules of one category did together."""

    name: str
    words: int
    edits: int


def category_of(rule: str) -> str:
    """The category of a rule.

    >>> category_of("share.bar")
    'share'
    """
    return rule.partition(".")[0]


def family_of(rule: str) -> str:
    """The family of a rule or a category.

    >>> family_of("donate.sentence"), family_of("mine.banner")
    ('asks', 'other')
    """
    return _FAMILY_OF.get(category_of(rule), OTHER)


def rank_categories(rules: Mapping[str, Mapping[str, int]]) -> list[Category]:
    """The categories of rules that acted, by words and then by edits; ``rules`` has both for each rule.

    >>> rank_categories({"ad.marker": {"words": 3, "edits": 3}, "ad.label": {"words": 1, "edits": 1}})
    [Category(name='ad', words=4, edits=4)]
    """
    sums: dict[str, list[int]] = {}
    for rule, counts in rules.items():
        sum_of = sums.setdefault(category_of(rule), [0, 0])
        sum_of[0] += counts["words"]
        sum_of[1] += counts["edits"]
    categories = [Category(name, *counts) for name, counts in sums.items() if counts[1]]
    return sorted(categories, key=lambda one: (-one.words, -one.edits, one.name))

"""What a rule is: a frozen value read from a pack; the engine that matches rules is in ``matcher``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from cleaner.core.patterns.regex import Regex

Scope = Literal["line", "block", "section", "span", "sentence"]
Action = Literal["remove", "replace", "capture", "note"]
Safety = Literal["safe", "unsafe", "hint"]

SCOPES: tuple[str, ...] = get_args(Scope)
ACTIONS: tuple[str, ...] = get_args(Action)
SAFETIES: tuple[str, ...] = get_args(Safety)

# The one vocabulary of cruft; a rule's id begins with its category.
CATEGORIES = (
    "nav", "skip-link", "edit-link", "breadcrumb", "print-email", "follow", "share", "app",
    "byline", "date", "read-time", "title", "title-duplicate",
    "caption", "photo-credit", "audio", "video", "embed",
    "newsletter", "donate", "paywall", "ad", "cookie", "form", "poll",
    "related", "live-feed", "most-read", "tags", "comments",
    "author-bio", "contributor", "origin", "copyright", "legal", "section", "machinery",
)  # fmt: skip

# What stands behind an article, not within it: labels of these categories can open the end of a page.
CLOSING_CATEGORIES = frozenset({
    "nav", "skip-link", "edit-link", "follow", "share", "app", "print-email", "newsletter", "donate", "paywall", "cookie",
    "form", "related", "live-feed", "most-read", "tags", "comments", "copyright", "legal",
})  # fmt: skip

# Metadata that rules may capture; the names are those of schema.org's NewsArticle in trafilatura's spelling.
LIST_FIELDS = ("authors", "captions", "credits", "contributors", "tags")
TEXT_FIELDS = ("title", "published", "modified", "section", "read_time", "description", "origin", "source")
FIELDS = (*TEXT_FIELDS, *LIST_FIELDS)


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must hit or miss; a hit may say what is captured or what the text becomes."""

    text: str
    becomes: str | None = None
    captured: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must occur: a shape, at least ``min`` times and once in each ``every`` lines; in a span ``to_end`` a
    regex, whose matches are ``min`` different texts."""

    shape: str = ""
    min: int = 1
    every: int = 8
    regex: Regex | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Lines directly above an anchor line, without a blank between, that belong to its block."""

    shape: str
    max: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. Matchers are alternatives; guards must all hold. ``rules/README.md`` explains each key."""

    id: str
    why: str
    scope: Scope
    action: Action = "remove"
    safety: Safety = "safe"
    # matchers
    lines: frozenset[str] = frozenset()
    inline: tuple[str, ...] = ()
    regex: tuple[Regex, ...] = ()
    shape: tuple[str, ...] = ()
    # what the action needs
    replacement: str = ""
    field: str | None = None
    flag: str | None = None
    # blocks and sections
    min_run: int = 1
    above: Neighbours | None = None
    start: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()
    requires: Requirement | None = None
    body: tuple[str, ...] = ()
    to_end: bool = False
    max_sentences: int | None = None
    max_lines: int = 200
    # guards
    max_words: int | None = None
    min_words: int | None = None
    not_regex: Regex | None = None
    within_first: int | None = None
    within_last: int | None = None
    after_fraction: float | None = None
    next_to: tuple[str, ...] = ()
    max_hits: int | None = None
    min_keep_words: int | None = None
    languages: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    # proof and origin
    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    pack: str = ""
    where: str = ""

    @property
    def category(self) -> str:
        """The kind of cruft, the part of the id before the first dot."""
        return self.id.partition(".")[0]

    def speaks(self, language: str) -> bool:
        """Whether the rule applies to a document of this language; an undetermined one gets every rule."""
        return not self.languages or language in self.languages or language == "und"

    def serves(self, site: str | None) -> bool:
        """Whether the rule applies to a document of this site (a host or one of its subdomains)."""
        if not self.sites:
            return True
        return site is not None and any(site == host or site.endswith("." + host) for host in self.sites)

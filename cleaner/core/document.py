"""What goes through the stages: a document, what is known of it, and what a stage finds in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from cleaner.core.edits import Edit, move_spans
from cleaner.core.pages.page import Page

UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its id, its text as read, and what its source says of it (url, site, encoding, ...).

    ``page`` is what HTML says of its visible text.
    """

    id: str
    text: str
    meta: Mapping[str, object] = field(default_factory=dict)
    page: Page | None = None


class Language(NamedTuple):
    """A language code (ISO 639-1, ``und`` where it cannot be told) and how sure the detector is, 0 to 1."""

    code: str
    confidence: float


class Foreign(NamedTuple):
    """Whole lines, ``[start, end)`` of a text, in another language than the rest of the document."""

    start: int
    end: int
    language: Language


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may know of a document besides its text; ``confidence`` is that of the language.

    ``foreign`` are paragraphs in another language, in offsets of the text that a stage is given.
    """

    language: str = UNDETERMINED
    site: str | None = None
    title: str | None = None
    confidence: float = 0.0
    page: Page | None = None
    foreign: tuple[Foreign, ...] = ()

    def move(self, edits: Sequence[Edit]) -> "Context":
        """The context of the text that the edits make; foreign paragraphs that are gone are in it no more."""
        if not self.foreign or not edits:
            return self
        moved = zip(self.foreign, move_spans(edits, [part[:2] for part in self.foreign]), strict=True)
        kept = (part._replace(start=start, end=end) for part, (start, end) in moved if start < end)
        return replace(self, foreign=tuple(kept))

    def of(self, part: Foreign) -> "Context":
        """The context of a foreign paragraph by itself."""
        return replace(self, language=part.language.code, confidence=part.language.confidence, foreign=())

    def at(self, offset: int) -> "Context":
        """The context of what stands at an offset."""
        for part in self.foreign:
            if part.start <= offset < part.end:
                return self.of(part)
        return self


class Flag(NamedTuple):
    """A claim about a whole document, for a person to look at: ``empty``, ``guard.too-much``, ..."""

    id: str
    why: str


class Keep(NamedTuple):
    """A decision: ``[start, end)`` of the source text with the SHA-256 ``document`` stays as it is."""

    document: str
    start: int
    end: int


class Note(NamedTuple):
    """A value for the metadata, read from ``[start, end)`` of the text by ``rule``; the text stays."""

    field: str
    value: object
    start: int
    end: int
    rule: str


class Findings(NamedTuple):
    """What a stage found in one text; offsets speak of the text that the stage was given.

    ``edits`` stand in order of precedence and may overlap; the pipeline settles them. An edit that
    captures metadata has a cause whose detail holds ``{"captured": {field: value or values}}``.
    """

    edits: Sequence[Edit] = ()
    hints: Sequence[Edit] = ()
    notes: Sequence[Note] = ()
    flags: Sequence[Flag] = ()


class Stage(Protocol):
    """Rules that see one text. Pure: the same text and context give the same findings."""

    @property
    def name(self) -> str:
        """The stage's name, as causes carry it."""

    def __call__(self, text: str, context: Context) -> Findings:
        """What the stage's rules say of the text."""

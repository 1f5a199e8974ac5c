"""The cleaner as a library: packs and settings in, results out.

>>> cleaner = Cleaner.load()
>>> cleaner.clean("Advertisement\\nThe minister said on Monday that talks would go on.\\n").text
'The minister said on Monday that talks would go on.\\n'
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from cleaner.catalogue import BUILTIN_RULES
from cleaner.core.document import Context, Document, Foreign, Keep, Language, Stage
from cleaner.core.matcher import Matcher
from cleaner.core.rules import Rule
from cleaner.errors import CleanerError
from cleaner.packs import Pack, load_packs
from cleaner.pipeline import Pipeline, Result, finish_together
from cleaner.profiles import load_profile
from cleaner.sources.html import Markup, decode_page, read_page
from cleaner.sources.html.extractors import Extractor, add_extract, ask_metadata
from cleaner.sources.language import Backend, detect_language, find_foreign
from cleaner.stages.decided import DecidedStage, Decision
from cleaner.stages.dedupe import DedupeStage
from cleaner.stages.extract import EVIDENCE_RULE, ExtractStage
from cleaner.stages.layout import LayoutStage
from cleaner.stages.normalise import FOREIGN_RULE, NormaliseStage
from cleaner.stages.rejoin import RejoinStage
from cleaner.stages.repair import RepairStage
from cleaner.stages.scorer import RULE as SCORER_RULE
from cleaner.stages.scorer import Scorer, Steps, finish_alone
from cleaner.stages.strip import Captions, StripStage
from cleaner.weights import load_weights
from cleaner.weights.pages import load_page_weights

Level = Literal["safe", "standard", "aggressive"]
BATCH_CHARS = 100_000  # of texts that are judged at once,
BATCH_TEXTS = 64  # and how many there are at most
SURE_LANGUAGE = 0.8  # confidence below which a page's own word on its language counts more
ASKED = ("title", "authors", "published")  # of trafilatura, where a page's data and meta tags do not say them
BRIEF = 500  # characters by which a page's own word is checked


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose; every choice is in the manifest of a run.

    ``enable`` and ``disable`` hold rule ids or patterns such as ``teaser.*``. ``language`` and ``site``
    override what is detected or derived from a document's url. ``remove`` names the verdicts on two
    paragraphs by which one goes (``same``, ``contained``). ``sites`` maps beginnings of document ids to
    sites, ``ignores`` patterns of ids to rules that do not act there, ``keeps`` are spans that stay.
    ``extractor`` is asked which part of a page of HTML is the article.
    """

    level: Level = "safe"
    captions: Captions = "metadata"
    dedupe: Literal["document", "corpus", "off"] = "document"
    remove: tuple[str, ...] = ("same",)
    drop_duplicate_documents: bool = False
    extractor: Extractor = "trafilatura"
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    language: str | None = None
    language_backend: Backend = "py3langid"
    profile: str | None = None
    site: str | None = None
    sites: tuple[tuple[str, str], ...] = ()
    ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keeps: tuple[Keep, ...] = ()

    def allows(self, rule_id: str) -> bool:
        """Whether a rule may act or hint at all."""
        return not any(fnmatchcase(rule_id, pattern) for pattern in self.disable)

    def applies(self, rule: Rule) -> bool:
        """Whether a rule of a pack changes text; otherwise it only hints."""
        if any(fnmatchcase(rule.id, pattern) for pattern in self.enable):
            return True
        return rule.safety == "safe" or (rule.safety == "unsafe" and self.level == "aggressive")


class Cleaner:
    """Packs and settings, ready to clean. Immutable, picklable, safe to share between threads."""

    def __init__(self, packs: Sequence[Pack], settings: Settings | None = None) -> None:
        self.packs = tuple(packs)
        self.settings = settings or Settings()
        self.rules: tuple[Rule, ...] = tuple(rule for pack in self.packs for rule in pack.rules)
        self.profile = load_profile(self.settings.profile) if self.settings.profile else None
        self._check_patterns()
        self._hosts = frozenset(host for rule in self.rules for host in rule.sites)
        self._pipelines: dict[tuple[str, frozenset[str], frozenset[str]], Pipeline] = {}

    @classmethod
    def load(cls, *packs: str, settings: Settings | None = None, **choices: Any) -> Self:
        """A cleaner with the named packs (all shipped ones by default) and settings.

        ``choices`` are fields of :class:`Settings`. Raises PackError for packs that are broken and
        CleanerError for a pack or rule that does not exist.
        """
        return cls(load_packs(packs), settings or Settings(**choices))

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_pipelines": {}}

    @cached_property
    def rules_hash(self) -> str:
        """A hash of all packs and settings: equal hashes and versions give equal output."""
        parts = [[pack.name, pack.version, pack.sha256] for pack in self.packs]
        return hashlib.sha256(
            json.dumps([parts, asdict(self.settings), repr(self.profile)], sort_keys=True).encode()
        ).hexdigest()

    def clean(
        self,
        text: str,
        *,
        url: str | None = None,
        site: str | None = None,
        language: str | None = None,
        title: str | None = None,
        id: str = "",
    ) -> Result:
        """Clean one text. ``url`` or ``site`` bring site packs in; ``language`` saves the detection."""
        return self.clean_document(_describe(text, url=url, site=site, language=language, title=title, id=id))

    def clean_many(self, texts: Iterable[str], **known: Any) -> Iterator[Result]:
        """Clean texts, with the results of :meth:`clean` in their order; ``known`` as there, for all of them.

        Some texts, a hundred thousand characters together, are read ahead and judged at once, which is faster.
        """
        for texts_together in _batch_texts(texts):
            for found in finish_together([self.steps(_describe(text, **known)) for text in texts_together]):
                if isinstance(found, Exception):
                    raise found
                yield found

    def clean_html(self, html: str | bytes, *, url: str | None = None, id: str = "", **known: Any) -> Result:
        """Clean a page: its visible text is the source of the result, and every line that goes is an edit.

        ``known`` as in :meth:`clean`. Raises UnreadableError for bytes that are no text and for pages without any.
        """
        text = decode_page(html).text if isinstance(html, bytes) else html
        given = {name: value for name, value in {"url": url, **known}.items() if value}
        return self.clean_page(id, read_page(text), given)

    def clean_page(self, id: str, read: Markup, given: Mapping[str, object]) -> Result:
        """Clean a page that was read. What is ``given`` with it wins over what it says of itself."""
        return self.clean_document(self.document_of_page(id, read, given))

    def document_of_page(self, id: str, read: Markup, given: Mapping[str, object]) -> Document:
        """A page as a document, with what the extractor says of it."""
        page = add_extract(read.page, read.body, self.settings.extractor)
        meta = {**read.meta, **given}
        missing = [field for field in ASKED if not meta.get(field)]
        if missing and self.settings.extractor == "trafilatura":
            meta |= ask_metadata(read.body, missing)
        return Document(id, page.text, meta, page)

    def clean_document(
        self,
        document: Document,
        decision: Decision | None = None,
        *,
        kept: Sequence[tuple[int, int]] | None = None,
    ) -> Result:
        """Clean a document with what its source says of it (``language``, ``site``, ``url``, ``title``).

        ``decision`` is what a second phase over a corpus decided on it; ``kept`` are the spans that stay,
        by default those that the settings name for this text.
        """
        return finish_alone(self.steps(document, decision, kept=kept))

    def steps(
        self,
        document: Document,
        decision: Decision | None = None,
        *,
        kept: Sequence[tuple[int, int]] | None = None,
    ) -> Steps[Result]:
        """Clean a document as :meth:`clean_document` does, with the scorer's judgement left to who calls."""
        return self._steps(
            document, lambda pipeline: pipeline if decision is None else _carry_out(pipeline, decision), kept
        )

    def survey_steps(self, document: Document) -> Steps[Result]:
        """The document as phase one over a corpus sees it: stripped, without its own duplicates, not normalised.

        The scorer's judgement is left to who calls.
        """
        return self._steps(document, lambda pipeline: Pipeline(_split_stages(pipeline)[0], pipeline.allows))

    def finish_document(self, surveyed: Result, decision: Decision | None = None) -> Result:
        """What :meth:`clean_document` gives, from what :meth:`survey_steps` gave: the rest of the stages."""
        document, context = surveyed.source, surveyed.context
        behind = _split_stages(self._pipeline_for(context))[1]
        stages = behind if decision is None else (DecidedStage(decision), *behind)
        return Pipeline(stages, self.settings.allows).resume(
            surveyed, self._ignored_rules(document), self.kept_spans(document)
        )

    def _steps(
        self,
        document: Document,
        adapt: Callable[[Pipeline], Pipeline],
        kept: Sequence[tuple[int, int]] | None = None,
    ) -> Steps[Result]:
        meta = document.meta
        site = self._site_of(document)
        said = self.settings.language or _text_of(meta, "language")
        language = Language(said, 1.0) if said else self._detect(document)
        context = Context(
            language=language.code,
            site=site,
            title=_text_of(meta, "title"),
            confidence=language.confidence,
            page=document.page,
            foreign=self._find_foreign(document, language),
        )
        pipeline = adapt(self._pipeline_for(context))
        spans = self.kept_spans(document) if kept is None else kept
        return (yield from pipeline.steps(document, context, self._ignored_rules(document), spans))

    def _pipeline_for(self, context: Context) -> Pipeline:
        guests = frozenset(part.language.code for part in context.foreign)
        return self.pipeline(context.language, context.site, guests)

    def _ignored_rules(self, document: Document) -> list[str]:
        return [
            rule
            for pattern, rules in self.settings.ignores
            if fnmatchcase(document.id, pattern)
            for rule in rules
        ]

    def _detect(self, document: Document) -> Language:
        """The language of the text; where it cannot be told, what the page says of itself.

        A beginning that speaks for the page's own word is enough.
        """
        backend = self.settings.language_backend
        claimed = _text_of(document.meta, "page_language")
        if claimed:
            found = detect_language(document.text, backend, BRIEF)
            if found.code == claimed and found.confidence >= SURE_LANGUAGE:
                return found
        found = detect_language(document.text, backend)
        if claimed and found.confidence < SURE_LANGUAGE:
            return Language(claimed, found.confidence)
        return found

    def _find_foreign(self, document: Document, language: Language) -> tuple[Foreign, ...]:
        """Paragraphs in another language; none where a user said in which language all is."""
        if self.settings.language or not self.settings.allows(FOREIGN_RULE):
            return ()
        return find_foreign(document.text, language, self.settings.language_backend)

    def _site_of(self, document: Document) -> str | None:
        by_folder = (host for folder, host in self.settings.sites if document.id.startswith(folder))
        meta = document.meta
        return (
            self.settings.site
            or _text_of(meta, "site")
            or _host(_text_of(meta, "url"))
            or next(by_folder, None)
        )

    def kept_spans(self, document: Document) -> list[tuple[int, int]]:
        """The spans of a document's text that somebody decided to keep."""
        if not self.settings.keeps:
            return []
        key = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        return [(keep.start, keep.end) for keep in self.settings.keeps if keep.document == key]

    def pipeline(
        self, language: str, site: str | None = None, guests: frozenset[str] = frozenset()
    ) -> Pipeline:
        """The stages for documents of a language and site, with paragraphs in the languages ``guests``; built once."""
        hosts = frozenset(
            host for host in self._hosts if site and (site == host or site.endswith("." + host))
        )
        key = (language, hosts, guests)
        if key not in self._pipelines:
            on_site = [rule for rule in self.rules if not rule.sites or rule.sites & hosts]
            served = [rule for rule in on_site if self.settings.allows(rule.id)]
            declined = [
                rule
                for rule in on_site
                if rule.speaks(language) and self.settings.applies(rule) and not self.settings.allows(rule.id)
            ]
            rules = [rule for rule in served if rule.speaks(language)]
            others = [rule for rule in served if not rule.speaks(language)]
            foreign = {code: [rule for rule in others if rule.speaks(code)] for code in sorted(guests)}
            self._pipelines[key] = self._build(rules, foreign, declined)
        return self._pipelines[key]

    def _build(
        self, rules: Sequence[Rule], foreign: Mapping[str, Sequence[Rule]], declined: Sequence[Rule]
    ) -> Pipeline:
        """The default order. Why each stage stands where it does is told in docs/design.md."""
        settings = self.settings
        spoken = [*rules, *(rule for others in foreign.values() for rule in others)]
        applied = frozenset(rule.id for rule in spoken if settings.applies(rule))
        scorer = Scorer(load_weights(), settings.level) if settings.allows(SCORER_RULE) else None
        furniture = frozenset(
            key for rule in rules if rule.scope == "line" and rule.id in applied for key in rule.lines
        )
        judge = None
        # The quick extractor has judged its lines itself.
        if settings.extractor == "trafilatura" and settings.allows(EVIDENCE_RULE):
            judge = load_page_weights(settings.extractor)
        stages: tuple[Stage, ...] = (
            ExtractStage(judge, settings.captions),
            RepairStage(),
            RejoinStage(furniture),
            StripStage(
                Matcher(rules),
                applied,
                settings.captions,
                scorer,
                {code: Matcher(others) for code, others in foreign.items() if others},
                Matcher(declined) if declined and scorer is not None else None,
            ),
            *([DedupeStage(settings.remove)] if settings.dedupe != "off" else []),
            NormaliseStage(self.profile),
            LayoutStage(),
        )
        return Pipeline(stages, settings.allows)

    def _check_patterns(self) -> None:
        known = [rule.id for rule in self.rules] + [rule.id for rule in BUILTIN_RULES]
        for option, patterns in (("enable", self.settings.enable), ("disable", self.settings.disable)):
            for pattern in patterns:
                if not any(fnmatchcase(rule_id, pattern) for rule_id in known):
                    raise CleanerError(
                        f"--{option} {pattern}: no such rule; `cleaner rules list` names them all"
                    )


def _describe(
    text: str,
    *,
    url: str | None = None,
    site: str | None = None,
    language: str | None = None,
    title: str | None = None,
    id: str = "",
) -> Document:
    given: dict[str, object] = {"url": url, "site": site, "language": language, "title": title}
    return Document(id, text, {key: value for key, value in given.items() if value})


def _batch_texts(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= BATCH_CHARS or len(batch) >= BATCH_TEXTS:
            yield batch
            batch, size = [], 0
    yield batch


def _split_stages(pipeline: Pipeline) -> tuple[tuple[Stage, ...], tuple[Stage, ...]]:
    """The stages before the place where a second phase acts, and those behind it."""
    place = next(at for at, stage in enumerate(pipeline.stages) if stage.name == NormaliseStage.name)
    return pipeline.stages[:place], pipeline.stages[place:]


def _carry_out(pipeline: Pipeline, decision: Decision) -> Pipeline:
    before, behind = _split_stages(pipeline)
    return Pipeline((*before, DecidedStage(decision), *behind), pipeline.allows)


def _text_of(meta: Mapping[str, object], key: str) -> str | None:
    value = meta.get(key)
    return value if isinstance(value, str) and value else None


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None

"""The stage normalise: one form for what survives; safe by default, a corpus's own style by profile."""

from collections.abc import Iterator, Sequence

from cleaner.core.document import Context, Findings, Flag
from cleaner.core.edits import Cause, Edit
from cleaner.stages.builtin import Rewriting, drop_taken, find_by_language
from cleaner.stages.normalise.hints import HINTS
from cleaner.stages.normalise.profile import PROFILE_RULES, GlossaryEntry, Profile, make_rules
from cleaner.stages.normalise.rules import SAFE

__all__ = ["NORMALISE_RULES", "GlossaryEntry", "NormaliseStage", "Profile"]

NORMALISE_RULES = (*SAFE, *PROFILE_RULES, *HINTS)
FOREIGN_RULE = "language.foreign-paragraph"
_ROUNDS = 8
# A translator leaves traces of several kinds; an author or an editor leaves one or two.
_KINDS_OF_TRANSLATION = 3
_ALSO_TRACES = frozenset({"normalise.space-before-punctuation", "normalise.doubled-word"})


class NormaliseStage:
    """Brings text into one form; pure, and the same on every run.

    >>> from cleaner.core.edits import apply
    >>> text = "He left the the room ."
    >>> apply(text, NormaliseStage()(text, Context("en")).edits)
    'He left the room.'

    A profile adds its own rules:

    >>> apply("wait\u2026", NormaliseStage(Profile(ellipses="plain"))("wait\u2026", Context("en")).edits)
    'wait...'
    """

    name = "normalise"

    def __init__(self, profile: Profile | None = None) -> None:
        self.profile = profile
        self._rules = (*SAFE, *(make_rules(profile) if profile else ()))

    def __reduce__(self) -> tuple[type["NormaliseStage"], tuple[Profile | None]]:
        """A stage travels to a worker as its profile."""
        return (NormaliseStage, (self.profile,))

    def __call__(self, text: str, context: Context) -> Findings:
        """Edits that normalise the text, hints at what only a person can judge."""
        rewriting = Rewriting(text)
        for _ in range(_ROUNDS):
            before = rewriting.text
            for rule in self._rules:
                rewriting.make(find_by_language(rule, rewriting.text, context.move(rewriting.edits)))
            if rewriting.text == before:
                break
        else:
            return Findings(flags=(Flag("normalise.unstable", "each change makes another necessary"),))
        found = [hint for rule in HINTS for hint in find_by_language(rule, text, context)]
        hints = drop_taken(found, rewriting.edits)
        flags = _judge_translation(rewriting.edits, hints)
        return Findings(rewriting.edits, [*_mark_foreign(text, context), *hints], flags=flags)


def _mark_foreign(text: str, context: Context) -> Iterator[Edit]:
    """A hint at each paragraph in another language that is left, with what its rules were chosen by."""
    for start, end, language in context.foreign:
        if text[start:end].strip():
            detail = {"language": language.code, "confidence": language.confidence}
            yield Edit(start, end, text[start:end], (Cause(FOREIGN_RULE, "normalise", detail),))


def _judge_translation(edits: Sequence[Edit], hints: Sequence[Edit]) -> tuple[Flag, ...]:
    """A flag where the traces are of several kinds."""
    kinds = {cause.rule for edit in edits for cause in edit.causes if cause.rule in _ALSO_TRACES}
    kinds |= {cause.rule for hint in hints for cause in hint.causes if cause.rule.startswith("translation.")}
    if len(kinds) < _KINDS_OF_TRANSLATION:
        return ()
    return (
        Flag("translation.probable", f"several traces of machine translation: {', '.join(sorted(kinds))}"),
    )

"""The stage normalise: one form for what survives; safe by default, a corpus's own style by profile."""

from cleaner.core.document import Context, Findings, Flag
from cleaner.stages.builtin import Rewriting
from cleaner.stages.normalise.rules import NORMALISE_RULES, SAFE

__all__ = ["NORMALISE_RULES", "NormaliseStage"]

_ROUNDS = 8


class NormaliseStage:
    """Brings text into one form; pure, and the same on every run.

    >>> from cleaner.core.edits import apply
    >>> text = "He left the the room ."
    >>> apply(text, NormaliseStage()(text, Context("en")).edits)
    'He left the room.'
    """

    name = "normalise"

    def __call__(self, text: str, context: Context) -> Findings:
        """Edits that normalise the text, hints at what only a person can judge."""
        rewriting = Rewriting(text)
        rules = [rule for rule in SAFE if rule.speaks(context.language)]
        for _ in range(_ROUNDS):
            before = rewriting.text
            for rule in rules:
                rewriting.make(rule.find(rewriting.text, context))
            if rewriting.text == before:
                return Findings(rewriting.edits)
        return Findings(flags=(Flag("normalise.unstable", "each change makes another necessary"),))

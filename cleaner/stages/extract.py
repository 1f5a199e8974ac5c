"""Extract: the blocks of a page that are no part of its article leave its visible text.

Two voices: the extractor that was asked, and the judge of the page's evidence, who hears the extractor, too,
and decides. Without the judge (``--disable extract.evidence``) the extractor's word counts as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import ClassVar, Final

from cleaner.core.document import Context, Findings, Flag
from cleaner.core.edits import Cause, Edit
from cleaner.core.page import Block, Extract, Page
from cleaner.core.page_judge import PageWeights, score_blocks
from cleaner.core.shapes import is_prose
from cleaner.core.text import Line, count_words

EVIDENCE_RULE: Final = "extract.evidence"
EXTRACTOR_RULES: Final = {"trafilatura": "extract.trafilatura", "resiliparse": "extract.resiliparse"}
TAKEN: Final = 50  # hundredths of a block that an extractor took, from which it took the block
FEW_WORDS: Final = 25  # of an article: with less left, the page is looked at once more
SMALL_SHARE: Final = 30  # hundredths of a page's prose below which the article is flagged as small
WORTH_WORDS: Final = 150  # of prose: smaller pages and differences are not worth a flag


@dataclass(frozen=True, slots=True)
class ExtractStage:
    """Removes blocks of the page that the context brings; texts that are no pages pass through."""

    name: ClassVar[str] = "extract"
    weights: PageWeights | None

    def __call__(self, text: str, context: Context) -> Findings:
        """One edit for every block that goes, with the break behind it."""
        page = context.page
        if page is None or page.extract is None or page.text != text:
            return Findings()
        taken = [share >= TAKEN for share in page.extract.shares]
        scores = score_blocks(page, self.weights).tolist() if self.weights else None
        limit = self.weights.threshold if self.weights else 0
        kept = [score <= limit for score in scores] if scores else taken
        flags = [Flag("metadata.conflict", conflict) for conflict in page.conflicts]
        if page.extract.failure is not None:
            flags.append(Flag("extract.failed", f"{page.extract.extractor}: {page.extract.failure}"))
        words = [count_words(block) for block in page.block_texts()]
        if _count(words, kept) < FEW_WORDS <= sum(words):
            kept, why = _choose_again(page, words, taken)
            flags.append(Flag("extract.doubtful", why))
        edits = list(_write_edits(page, page.extract, taken, kept, scores))
        flags.extend(_compare_prose(page, page.extract, words, taken, kept))
        return Findings(edits, flags=flags)


def _count(words: Sequence[int], chosen: Sequence[bool]) -> int:
    return sum(count for count, here in zip(words, chosen, strict=True) if here)


def _choose_again(page: Page, words: Sequence[int], taken: Sequence[bool]) -> tuple[list[bool], str]:
    """What to keep of a page in which no article was seen: what the extractor took, else its prose, else all."""
    if _count(words, taken) >= FEW_WORDS:
        return list(taken), "hardly anything looks like an article; what the extractor took is kept"
    prose = [_is_prose(page, block) for block in page.blocks]
    if _count(words, prose) >= FEW_WORDS:
        return prose, "no article was found; the page's prose is kept"
    return [True] * len(words), "no article was found; the page is kept whole"


def _is_prose(page: Page, block: Block) -> bool:
    return block.linked * 2 < block.end - block.start and is_prose(
        Line(block.start, block.end, page.text[block.start : block.end], "")
    )


def _write_edits(
    page: Page, extract: Extract, taken: Sequence[bool], kept: Sequence[bool], scores: Sequence[int] | None
) -> Iterator[Edit]:
    """A block goes by the extractor's rule where it did not take it, else by what the page's evidence says."""
    ends = [block.start for block in page.blocks[1:]] + [len(page.text)]
    rule = EXTRACTOR_RULES[extract.extractor]
    for number, (block, end, stays) in enumerate(zip(page.blocks, ends, kept, strict=True)):
        if not stays:
            detail: dict[str, object] = {"path": page.describe_path(block)}
            if scores is not None:
                detail["score"] = round(1 / (1 + exp(-scores[number] / 1000)), 3)
            name = EVIDENCE_RULE if taken[number] else rule
            yield Edit(block.start, end, "", (Cause(name, ExtractStage.name, detail),))


def _compare_prose(
    page: Page, extract: Extract, words: Sequence[int], taken: Sequence[bool], kept: Sequence[bool]
) -> Iterator[Flag]:
    """Flags where the article is a small part of the page's prose, or far from what the extractor took."""
    prose = [count if _is_prose(page, block) else 0 for count, block in zip(words, page.blocks, strict=True)]
    whole, article = sum(prose), _count(prose, kept)
    if whole >= WORTH_WORDS and article * 100 < SMALL_SHARE * whole:
        yield Flag("extract.small", f"{article} of the page's {whole} words of prose are the article")
    back = sum(count for count, a, b in zip(prose, taken, kept, strict=True) if b and not a)
    if back >= WORTH_WORDS and back * 2 > article:
        yield Flag(
            "extract.repaired", f"{extract.extractor} missed {back} of the article's {article} words of prose"
        )

"""Extract: the blocks of a page that are no part of its article leave its visible text.

Two voices: the extractor that was asked, and the judge of the page's evidence, who hears the extractor, too,
and decides. Without the judge (the quick extractor, ``--disable extract.evidence``) the extractor's word counts
as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import ClassVar, Final, Literal

from cleaner.core.document import Context, Findings, Flag
from cleaner.core.edits import Cause, Edit
from cleaner.core.pages.judge import PageWeights, score_blocks
from cleaner.core.pages.page import Block, Extract, Page
from cleaner.core.shapes import ends_sentence

EVIDENCE_RULE: Final = "extract.evidence"
EXTRACTOR_RULES: Final = {"trafilatura": "extract.trafilatura", "resiliparse": "extract.resiliparse"}
TAKEN: Final = 50  # hundredths of a block that an extractor took, from which it took the block
FEW_CHARS: Final = 150  # of an article: with less left, the page is looked at once more
SMALL_SHARE: Final = 30  # hundredths of a page's prose below which the article is flagged as small
WORTH_CHARS: Final = 900  # of prose: smaller pages and differences are not worth a flag
STANDFIRST_REACH: Final = 5  # blocks behind the headline in which a standfirst is looked for
STANDFIRST_CHARS: Final = 60
SURE: Final = 2500  # thousandths of a logit from which the judge's word against a standfirst counts
_NEAR: Final = 3  # blocks before an article, or elements around a block, in which its caption is looked for
PARAGRAPH_CHARS: Final = 80  # of a block without much in links, from which it is prose


@dataclass(frozen=True, slots=True)
class ExtractStage:
    """Removes blocks of the page that the context brings; texts that are no pages pass through."""

    name: ClassVar[str] = "extract"
    weights: PageWeights | None
    captions: Literal["metadata", "keep", "drop"] = "metadata"

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
        sizes = [block.end - block.start for block in page.blocks]
        left = _count(sizes, kept)
        if left == 0 or left < FEW_CHARS <= sum(sizes):
            kept, why = _choose_again(page, sizes, taken)
            flags.append(Flag("extract.doubtful", why))
        if scores:
            kept = _keep_standfirst(page, kept, scores)
        captions = _find_captions(page, kept)
        if self.captions == "keep":
            kept = [stays or number in captions for number, stays in enumerate(kept)]
        captured = _capture(page, kept, captions if self.captions == "metadata" else set())
        flags.extend(_compare_prose(page, page.extract, taken, kept))
        return Findings(list(_write_edits(page, page.extract, taken, kept, scores, captured)), flags=flags)


def _keep_standfirst(page: Page, kept: Sequence[bool], scores: Sequence[int]) -> list[bool]:
    """Sentences between the headline and what stays of the article stay, too, unless the judge is sure of them."""
    result = list(kept)
    first = next((number for number, stays in enumerate(kept) if stays), 0)
    heading = max((number for number in range(first) if page.blocks[number].tag == "h1"), default=first)
    for number in range(heading + 1, min(first, heading + 1 + STANDFIRST_REACH)):
        block = page.blocks[number]
        if (
            ends_sentence(page.text[block.start : block.end])
            and block.end - block.start >= STANDFIRST_CHARS
            and block.linked * 2 < block.end - block.start
        ):
            result[number] = scores[number] < SURE and not _is_caption(page, block)
    return result


def _is_caption(page: Page, block: Block) -> bool:
    return "figcaption" in [page.tags[element] for element in block.path[-_NEAR:]]


def _find_captions(page: Page, kept: Sequence[bool]) -> set[int]:
    """The captions of pictures within the article: those of teasers stand outside it."""
    inside = [number for number, stays in enumerate(kept) if stays]
    if not inside:
        return set()
    return {
        number
        for number in range(max(0, inside[0] - _NEAR), inside[-1] + 1)
        if _is_caption(page, page.blocks[number])
    }


def _capture(page: Page, kept: Sequence[bool], captions: set[int]) -> dict[int, dict[str, object]]:
    """What goes to the metadata with its block: captions; the headline, where the page names no title elsewhere."""
    texts = {number: page.text[page.blocks[number].start : page.blocks[number].end] for number in captions}
    captured: dict[int, dict[str, object]] = {
        number: {"captions": [text]} for number, text in texts.items() if not kept[number]
    }
    heading = next((number for number, block in enumerate(page.blocks) if block.tag == "h1"), None)
    if heading is not None and not page.title and not kept[heading]:
        block = page.blocks[heading]
        captured[heading] = {"title": page.text[block.start : block.end]}
    return captured


def _count(sizes: Sequence[int], chosen: Sequence[bool]) -> int:
    return sum(size for size, here in zip(sizes, chosen, strict=True) if here)


def _choose_again(page: Page, sizes: Sequence[int], taken: Sequence[bool]) -> tuple[list[bool], str]:
    """What to keep of a page in which no article was seen: what the extractor took, else its prose, else all."""
    if _count(sizes, taken) >= FEW_CHARS:
        return list(taken), "hardly anything looks like an article; what the extractor took is kept"
    prose = [_is_prose(block) for block in page.blocks]
    if _count(sizes, prose) >= FEW_CHARS:
        return prose, "no article was found; the page's prose is kept"
    return [True] * len(sizes), "no article was found; the page is kept whole"


def _is_prose(block: Block) -> bool:
    size = block.end - block.start
    return size >= PARAGRAPH_CHARS and block.linked * 2 < size


def _write_edits(
    page: Page,
    extract: Extract,
    taken: Sequence[bool],
    kept: Sequence[bool],
    scores: Sequence[int] | None,
    captured: Mapping[int, Mapping[str, object]],
) -> Iterator[Edit]:
    """A block goes by the extractor's rule where it did not take it, else by what the page's evidence says."""
    ends = [block.start for block in page.blocks[1:]] + [len(page.text)]
    rule = EXTRACTOR_RULES[extract.extractor]
    for number, (block, end, stays) in enumerate(zip(page.blocks, ends, kept, strict=True)):
        if not stays:
            detail: dict[str, object] = {"path": page.describe_path(block)}
            if scores is not None:
                detail["score"] = round(1 / (1 + exp(-scores[number] / 1000)), 3)
            if number in captured:
                detail["captured"] = captured[number]
            name = EVIDENCE_RULE if taken[number] else rule
            yield Edit(block.start, end, "", (Cause(name, ExtractStage.name, detail),))


def _compare_prose(
    page: Page, extract: Extract, taken: Sequence[bool], kept: Sequence[bool]
) -> Iterator[Flag]:
    """Flags where the article is a small part of the page's prose, or far from what the extractor took."""
    prose = [block.end - block.start if _is_prose(block) else 0 for block in page.blocks]
    whole, article = sum(prose), _count(prose, kept)
    if whole >= WORTH_CHARS and article * 100 < SMALL_SHARE * whole:
        yield Flag(
            "extract.small", f"{article:,} of the page's {whole:,} characters of prose are the article"
        )
    missed = _count(prose, [stays and not took for stays, took in zip(kept, taken, strict=True)])
    if missed >= WORTH_CHARS and missed * 2 > article:
        why = f"{extract.extractor} missed {missed:,} of the article's {article:,} characters of prose"
        yield Flag("extract.repaired", why)

"""From the weights' file to values. What the file holds is told in docs/scorer.md."""

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.core.scoring.branches import Branches
from cleaner.core.scoring.features import CUE_KINDS, EMPTY_LEXICON, Lexicon, Source, measure
from cleaner.core.scoring.forest import Forest
from cleaner.core.scoring.smoothing import relate_scores
from cleaner.core.scoring.vocabulary import LineTable, WordTable
from cleaner.stages.scorer import Guard, Threshold, Weights


def read_weights(content: Mapping[str, Any]) -> Weights:
    """The weights of a file's content. KeyError or ValueError if it is not one that ``make train`` wrote."""
    probe = measure([Source(["."])], EMPTY_LEXICON)
    first_names = list(probe.names)
    second_names = first_names + list(relate_scores(probe.words, probe.words, probe.first))
    return Weights(
        lexicon=read_lexicon(content["lexicon"]),
        first=Forest.build(content["first"], first_names),
        second=Forest.build(content["second"], second_names),
        third=Branches.build(content["third"], second_names),
        page_share=content["page_share"],
        thresholds={level: Threshold(**values) for level, values in content["thresholds"].items()},
        guard=Guard(**content["guard"]),
    )


def read_lexicon(content: Mapping[str, Any]) -> Lexicon:
    """Words by weight or kind, separated by ``|``; lines by number of sites, as hexadecimal hashes."""
    lines = ("dropped", "kept", "labels")
    return Lexicon(
        words=_read_words(content["words"]),
        wording=_read_words(content["wording"]),
        cues=read_cues(content["cues"]),
        **{name: LineTable(_read_hashes(content[name])) for name in lines},
    )


def read_cues(content: Mapping[str, str]) -> WordTable:
    """The words of each kind of cue, separated by ``|``."""
    return WordTable(
        {word: number for number, kind in enumerate(CUE_KINDS, 1) for word in content[kind].split("|")}
    )


def _read_words(groups: Mapping[str, str]) -> WordTable:
    return WordTable({word: int(weight) for weight, joined in groups.items() for word in joined.split("|")})


def _read_hashes(groups: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    for value, joined in groups.items():
        for digits in joined.split():
            yield int(digits, 16), int(value)

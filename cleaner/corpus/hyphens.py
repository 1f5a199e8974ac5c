"""Words broken at a hyphen and a line's end that other documents of a corpus have whole.

A document that has such a word itself elsewhere was mended by the stage rejoin. Here the others are asked: how
many of them write it as one word, how many with the hyphen.
"""

from collections.abc import Callable, Iterable

from cleaner.stages.rejoin.hyphens import Break, Mended, collect_words, find_breaks, mend


class BrokenWords:
    r"""The broken words of a corpus, by document; the corpus is read again only if there are any.

    >>> texts = {"a": "The govern-\nment fell over a re-\nelected mayor.", "b": "No government re-elected anybody."}
    >>> words = BrokenWords()
    >>> for id, text in texts.items():
    ...     words.add(id, text)
    >>> [(edit.new, edit.causes[0].rule) for edit in words.decide(texts.items)["a"].edits]
    [('', 'rejoin.word-of-corpus'), ('-', 'rejoin.compound-of-corpus')]
    """

    def __init__(self) -> None:
        self._breaks: dict[str, list[Break]] = {}

    def add(self, document: str, text: str) -> None:
        """Note the broken words of a document."""
        if "-" in text:
            breaks = list(find_breaks(text))
            if breaks:
                self._breaks[document] = breaks

    def decide(self, read_texts: Callable[[], Iterable[tuple[str, str]]]) -> dict[str, Mended]:
        """By document id, what becomes of its broken words. ``read_texts`` yields ids and texts."""
        if not self._breaks:
            return {}
        counts = dict.fromkeys(
            (form for breaks in self._breaks.values() for one in breaks for form in one.word if form), 0
        )
        for _, text in read_texts():
            for form in counts.keys() & collect_words(text):
                counts[form] += 1
        decided = {id: mend(breaks, counts) for id, breaks in self._breaks.items()}
        return {id: found for id, found in decided.items() if found.edits or found.hints}

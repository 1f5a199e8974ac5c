"""Features of passages, all documents at once: one integer a passage and feature, nothing rounded.

Shares are hundredths. Counts are plain: a tree asks only which is larger, so no logarithm is needed,
and integers come out the same on every machine. What a rule has already taken is no passage; it
neither breaks nor joins its neighbours and is counted as evidence.
"""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.core.scoring import glyphs
from cleaner.core.scoring.glyphs import Classes
from cleaner.core.scoring.passages import Flags, Ints, Layout, lay_out
from cleaner.core.scoring.vocabulary import Hashes, LineTable, WordTable, find_words, sequence_hashes

Matrix = npt.NDArray[np.int16]

_CLASSES: Final = len(glyphs.CLASS_NAMES)
_LIMIT: Final = 30_000
_LETTERS_A_WORD: Final = 8  # at most, so that scripts without spaces have a size, too
_EDGE_STEPS: Final = 3  # spaces, quotes and brackets to look past at the ends of a passage
WINDOWS: Final = (2, 10, 25)


class Lexicon(NamedTuple):
    """What training learned of words and lines: weights, and on how many sites they were cruft or article."""

    words: WordTable
    dropped: LineTable
    kept: LineTable
    labels: LineTable  # lines that are cruft wherever they stand
    wording: WordTable  # weights of words in a whole line's wording
    cues: WordTable  # what pages say of themselves, as numbers of :data:`CUE_KINDS`


CUE_KINDS: Final = ("subscribe", "share", "more", "comment", "legal", "credit")
_NO_WORDS, _NO_LINES = WordTable({}), LineTable([])
EMPTY_LEXICON: Final = Lexicon(_NO_WORDS, _NO_LINES, _NO_LINES, _NO_LINES, _NO_WORDS, _NO_WORDS)


class Source(NamedTuple):
    """One document: the texts of its lines, the lines that rules take, and those that must stay."""

    texts: Sequence[str]
    removed: Collection[int] = ()
    protected: Collection[int] = ()


class Measured(NamedTuple):
    """The passages to judge and their features; ``labels`` are the passages that are known cruft."""

    layout: Layout
    judged: Ints  # numbers of the passages to judge, in the layout
    labels: Ints  # numbers of the passages that the lexicon's labels take
    first: Ints  # per document the first of its judged passages, and at the end their number
    words: Ints  # words of every passage of the layout
    matrix: Matrix  # features by passages
    names: tuple[str, ...]


def measure(sources: Sequence[Source], lexicon: Lexicon) -> Measured:
    """Measure all documents."""
    layout = lay_out([source.texts for source in sources])
    own = _measure_passages(layout, lexicon)
    taken, protected = (flags[own.written] for flags in _flag_lines(layout, sources))
    quoted = own.columns["first"] == glyphs.QUOTE
    labels = (lexicon.labels.find(own.hashes) > 0) & ~taken & ~protected & ~quoted
    place = np.flatnonzero(~taken & ~labels)
    judged = own.written[place]
    first = np.searchsorted(judged, layout.first)
    columns = _relate(layout, own, place, first, taken | labels)
    words = np.zeros(len(layout.start), dtype=np.int64)
    words[own.written] = own.columns["words"]
    return Measured(
        layout,
        judged,
        own.written[labels],
        first,
        words,
        pack_columns(list(columns.values())),
        tuple(columns),
    )


def pack_columns(columns: Sequence[Ints], above: Matrix | None = None) -> Matrix:
    """Columns as the rows of one matrix of small numbers, below those of another matrix."""
    wide = np.empty((len(columns), len(columns[0])), dtype=np.int64)
    for row, column in zip(wide, columns, strict=True):
        row[:] = column
    np.minimum(wide, _LIMIT, out=wide)
    np.maximum(wide, -_LIMIT, out=wide)
    start = 0 if above is None else len(above)
    matrix = np.empty((start + len(wide), wide.shape[1]), dtype=np.int16)
    if above is not None:
        matrix[:start] = above
    matrix[start:] = wide
    return matrix


def _flag_lines(layout: Layout, sources: Sequence[Source]) -> tuple[Flags, Flags]:
    """Which passages lie in removed and in protected lines."""
    taken = np.zeros(len(layout.start), dtype=np.bool_)
    protected = np.zeros(len(layout.start), dtype=np.bool_)
    for number, source in enumerate(sources):
        if source.removed or source.protected:
            low, high = int(layout.first[number]), int(layout.first[number + 1])
            line = layout.line[low:high]
            taken[low:high] = np.isin(line, sorted(source.removed))
            protected[low:high] = np.isin(line, sorted(source.protected))
    return taken, protected


class _Own(NamedTuple):
    """What a passage that is not blank says by itself; its words, for what they say of each other."""

    written: Ints  # numbers of these passages in the layout; below, a passage is a place in here
    document: Ints
    columns: dict[str, Ints]
    hashes: Hashes
    word_hashes: Hashes
    word_passage: Ints
    word_long: Flags


def _running(values: npt.NDArray[np.generic]) -> Ints:
    """The sums of the first none, one, two, ... values."""
    total = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, dtype=np.int64, out=total[1:])
    return total


def _sums(values: npt.NDArray[np.generic], starts: Ints, ends: Ints) -> Ints:
    total = _running(values)
    return total.take(ends) - total.take(starts)


def _share(part: Ints, whole: Ints) -> Ints:
    return 100 * part // np.maximum(whole, 1)


def _measure_passages(layout: Layout, lexicon: Lexicon) -> _Own:
    codes, classes = layout.codes, layout.classes
    written = np.flatnonzero(~layout.blank)
    number = len(written)
    # Whatever is blank is counted as one passage behind all others, and forgotten.
    names = np.full(len(layout.start), number, dtype=np.int32)
    names[written] = np.arange(number)
    sizes = np.diff(layout.start, append=len(codes))
    passage = np.repeat(names, sizes)
    # Most characters are lower-case letters: they are what the others leave over.
    marks = np.flatnonzero(classes != glyphs.LOWER)
    kinds = classes[marks]
    bins = passage[marks].astype(np.int64)
    bins *= _CLASSES
    bins += kinds
    counts = np.bincount(bins, minlength=(number + 1) * _CLASSES).reshape(-1, _CLASSES)[:number].T.copy()
    counts[glyphs.LOWER] = sizes[written] - counts.sum(axis=0)
    letters = counts[: glyphs.LETTER + 1].sum(axis=0) + counts[glyphs.CJK_CHAR]
    visible = counts[: glyphs.SPACE].sum(axis=0)

    found = find_words(codes, classes)
    word_passage = passage[found.starts].astype(np.int64)
    words = np.bincount(word_passage, minlength=number)
    low = np.cumsum(words) - words
    high = low + words
    initial = classes[found.starts]
    cues = lexicon.words.single(found.hashes).astype(np.int16)
    pairs = lexicon.words.pairs(found.hashes)
    pairs[low[words > 0]] = 0
    cues += pairs
    hashes = sequence_hashes(found.hashes, low, words)
    wording = lexicon.wording.single(found.hashes).astype(np.int16)
    pairs = lexicon.wording.pairs(found.hashes)
    pairs[low[words > 0]] = 0
    wording += pairs
    strongest = np.zeros(number, dtype=np.int64)
    if len(cues):
        strongest[words > 0] = np.maximum.reduceat(cues, low[words > 0])
    cue_sum = _sums(cues, low, high)

    ends = _find_edges(layout, written)
    columns = {
        "chars": visible,
        "words": words,
        "size": np.maximum(words - counts[glyphs.CJK_CHAR] // 2, letters // _LETTERS_A_WORD),
        "letters": _share(letters, visible),
        "digits": _share(counts[glyphs.DIGIT], visible),
        "capitals": _share(counts[glyphs.UPPER], letters),
        "word length": _share(letters, words),
        "capital words": _share(_sums(initial == glyphs.UPPER, low, high), words),
        "number words": _sums(initial == glyphs.DIGIT, low, high),
        "short words": _share(_sums(found.lengths <= 3, low, high), words),
        "terminals": counts[glyphs.TERMINAL],
        "commas": counts[glyphs.COMMA],
        "comma share": _share(counts[glyphs.COMMA], words),
        "colons": counts[glyphs.COLON],
        "brackets": counts[glyphs.BRACKET],
        "dashes": counts[glyphs.DASH],
        "separators": counts[glyphs.SEPARATOR],
        "symbols": counts[glyphs.SYMBOL],
        "spaces": _share(counts[glyphs.SPACE], visible),
        **_count_shapes(layout, passage, marks, kinds, number),
        **ends,
        "cue sum": cue_sum,
        "cue mean": 10 * cue_sum // np.maximum(words, 1),
        "cue strongest": strongest,
        "cues": _sums(cues >= 15, low, high),
        "wording": 10 * _sums(wording, low, high) // _root(100 * np.maximum(words, 1)),
        **_count_cues(found.hashes, low[words > 0], word_passage, words, lexicon.cues),
        "line dropped": lexicon.dropped.find(hashes).astype(np.int64),
        "line kept": lexicon.kept.find(hashes).astype(np.int64),
    }
    document = layout.document[written]
    return _Own(written, document, columns, hashes, found.hashes, word_passage, found.lengths >= 4)


def _root(values: Ints) -> Ints:
    return np.sqrt(values).astype(np.int64)


def _count_cues(hashes: Hashes, first: Ints, passage: Ints, words: Ints, cues: WordTable) -> dict[str, Ints]:
    """How often each kind of cue stands in a passage, and the share of its words that are cues."""
    single = cues.single(hashes)
    pairs = cues.pairs(hashes)
    pairs[first] = 0
    kinds = len(CUE_KINDS) + 1
    number = len(words)
    found = np.flatnonzero(single | pairs)
    owner = passage[found] * kinds
    counts = np.bincount(owner + single[found], minlength=number * kinds)
    counts += np.bincount(owner + pairs[found], minlength=number * kinds)
    counts = counts.reshape(number, kinds).T
    columns = {f"{kind} cues": counts[place] for place, kind in enumerate(CUE_KINDS, 1)}
    columns["cue share"] = _share(counts[1:].sum(axis=0), words)
    return columns


def _find_edges(layout: Layout, written: Ints) -> dict[str, Ints]:
    """How each passage begins and ends."""
    codes, classes = layout.codes, layout.classes
    start, end = layout.start[written], layout.end[written]
    first = start.copy()
    for _ in range(_EDGE_STEPS):
        first += (classes[first] == glyphs.SPACE) & (first + 1 < end)
    last_visible = np.maximum(end - 1, start)
    for _ in range(_EDGE_STEPS):
        last_visible -= (classes[last_visible] == glyphs.SPACE) & (last_visible > start)
    solid = last_visible.copy()
    for _ in range(_EDGE_STEPS):
        found = classes[solid]
        trailing = (found == glyphs.QUOTE) | (found == glyphs.BRACKET) | (found == glyphs.SPACE)
        solid -= trailing & (solid > start)
    last_class = classes[solid].astype(np.int64)
    last_code = codes[solid]
    before_last = codes[np.maximum(solid - 1, start)]
    dots = (last_code == 0x2026) | ((last_code == ord(".")) & (before_last == ord(".")))
    return {
        "first": classes[first].astype(np.int64),
        "last": last_class,
        "last visible": classes[last_visible].astype(np.int64),
        "ends in dots": dots.astype(np.int64),
        "asks": np.isin(last_code, (ord("?"), 0xFF1F)).astype(np.int64),
        "exclaims": np.isin(last_code, (ord("!"), 0xFF01)).astype(np.int64),
        "ends": (last_class == glyphs.TERMINAL).astype(np.int64),
    }


def _count_shapes(
    layout: Layout, passage: npt.NDArray[np.int32], marks: Ints, kinds: Classes, number: int
) -> dict[str, Ints]:
    """Shapes of two and three neighbouring characters, counted by passage.

    ``marks`` are the characters that are no lower-case letters, ``kinds`` their classes. A shape belongs to
    the passage of its first character.
    """
    codes, classes = layout.codes, layout.classes

    def find(kind: int) -> tuple[Ints, Classes, Classes]:
        """The characters of a class that stand between two others, what is before and behind them."""
        places = marks[kinds == kind]
        places = places[(places > 0) & (places < len(codes) - 1)]
        return places - 1, classes[places - 1], classes[places + 1]

    def count(places: Ints) -> Ints:
        return np.bincount(passage[places], minlength=number + 1)[:number]

    dot, before_dot, behind_dot = find(glyphs.TERMINAL)
    colon, before_colon, behind_colon = find(glyphs.COLON)
    slash, before_slash, behind_slash = find(glyphs.SEPARATOR)
    lower = before_dot == glyphs.LOWER
    signs = marks[(kinds == glyphs.SYMBOL) | (kinds == glyphs.SEPARATOR)]
    sign = codes[signs]
    return {
        "sentences": count(dot[behind_dot == glyphs.SPACE]),
        "clocks": count(colon[(before_colon == glyphs.DIGIT) & (behind_colon == glyphs.DIGIT)]),
        "dotted": count(dot[lower & (behind_dot == glyphs.LOWER)]),
        "glued sentences": count(dot[lower & (behind_dot == glyphs.UPPER)]),
        "schemes": count(slash[(before_slash == glyphs.COLON) & (behind_slash == glyphs.SEPARATOR)]),
        "at signs": count(signs[sign == ord("@")]),
        "copyrights": count(signs[sign == 0xA9]),
        "pipes": count(signs[(sign == ord("|")) | (sign == 0x2022) | (sign == 0xB7)]),
    }


def _relate(layout: Layout, own: _Own, place: Ints, first: Ints, taken: Flags) -> dict[str, Ints]:
    """The features of the judged passages: their own, their neighbours', their document's."""
    columns = {name: column.take(place) for name, column in own.columns.items()}
    judged = own.written[place]
    document = own.document[place]
    here = np.arange(len(judged))
    low, high = first[document], first[document + 1]

    size = columns["size"]
    proselike = (own.columns["size"] >= 9) & (own.columns["ends"] > 0)
    proselike &= (own.columns["commas"] > 0) | (own.columns["sentences"] > 1) | (own.columns["size"] >= 14)
    prose = np.where(proselike[place], size, 0)
    plain = (size <= 5) & (columns["terminals"] == 0)

    sizes, proses, plains = _running(size), _running(prose), _running(plain)
    cues = _running(np.clip(columns["cue sum"], -300, 300))
    edges = {
        reach: (np.maximum(here - reach, low), np.minimum(here + reach + 1, high))
        for reach in (2, 3, 10, 25, 40)
    }

    def around(total: Ints, reach: int) -> Ints:
        begin, end = edges[reach]
        return total.take(end) - total.take(begin)

    def before(total: Ints, reach: int) -> Ints:
        return total[:-1] - total.take(edges[reach][0])

    def after(total: Ints, reach: int) -> Ints:
        return total.take(edges[reach][1]) - total[1:]

    columns["prose"] = prose
    for radius in WINDOWS:
        nearby = around(sizes, radius)
        columns[f"prose within {radius}"] = _share(around(proses, radius), nearby)
        if radius in (2, 10):
            columns[f"size within {radius}"] = nearby // (2 * radius + 1)
    for reach in (10, 40):
        columns[f"prose before {reach}"] = before(proses, reach)
        columns[f"prose after {reach}"] = after(proses, reach)
    for name, total in (("plain", plains), ("cues", cues)):
        for reach in (3, 10):
            columns[f"{name} before {reach}"] = before(total, reach)
            columns[f"{name} after {reach}"] = after(total, reach)

    columns.update(_place(layout, judged, low, high, here, size, prose))
    columns.update(_gather_evidence(layout, own, place, taken))
    for offset in (-2, -1, 1, 2):
        there = here + offset
        valid = (there >= low) & (there < high)
        there = np.where(valid, there, here)
        side = f"{'next' if offset > 0 else 'previous'} {abs(offset)}"
        for name in ("size", "last", "cue mean", "capital words", "first")[: 5 if abs(offset) == 1 else 3]:
            columns[f"{side} {name}"] = np.where(valid, columns[name][there], -1)
    columns.update(_compare_words(own, place, proselike, len(layout.first) - 1))
    return columns


def _place(
    layout: Layout, judged: Ints, low: Ints, high: Ints, here: Ints, size: Ints, prose: Ints
) -> dict[str, Ints]:
    """Where a passage stands: in its document, and to the prose before and after it."""
    total = _running(size)
    length = total[high] - total[low]
    steps = _running(prose > 0)
    prose_at = np.flatnonzero(prose > 0)
    if len(prose_at) == 0:
        prose_at = np.array([-1_000_000])
    earlier = prose_at[np.maximum(np.searchsorted(prose_at, here) - 1, 0)]
    prose_total = _running(prose)
    whole_prose = prose_total[high] - prose_total[low]
    line = layout.line[judged]
    blank_before = layout.blank[np.maximum(judged - 1, 0)] | (line == 0)
    return {
        "from start": here - low,
        "from end": high - 1 - here,
        "words before": total[here] - total[low],
        "words after": total[high] - total[here + 1],
        "place": 100 * (total[here] - total[low]) // np.maximum(length, 1),
        "prose share before": _share(prose_total[here] - prose_total[low], whole_prose),
        "prose share after": _share(prose_total[high] - prose_total[here + 1], whole_prose),
        "prose passages before": steps[here] - steps[low],
        "prose passages after": steps[high] - steps[here + 1],
        "since prose": np.where((earlier >= low) & (earlier < here), here - earlier, _LIMIT),
        "blank before": blank_before.astype(np.int64),
        "sentence": layout.sentence[judged].astype(np.int64),
    }


def _gather_evidence(layout: Layout, own: _Own, place: Ints, gone: Flags) -> dict[str, Ints]:
    """What known cruft stands around: lines that rules or labels took, headings and lines seen elsewhere."""
    document = own.document[place]
    first = np.searchsorted(own.written, layout.first)
    low, high = first[document], first[document + 1]
    known = gone | (own.columns["line dropped"] >= 2)
    marks = np.flatnonzero(known)
    if len(marks) == 0:
        marks = np.array([-1_000_000])
    earlier = marks[np.maximum(np.searchsorted(marks, place) - 1, 0)]
    later = marks[np.minimum(np.searchsorted(marks, place, side="right"), len(marks) - 1)]
    total = _running(own.columns["size"])
    since = np.where(
        (earlier >= low) & (earlier < place), total[place] - total[np.maximum(earlier, 0)], _LIMIT
    )
    until = np.where((later < high) & (later > place), total[np.maximum(later, 0)] - total[place], _LIMIT)
    columns = {"words since known": since, "words until known": until}
    for reach in (1, 3, 10):
        columns[f"taken before {reach}"] = _sums(gone, np.maximum(place - reach, low), place)
        columns[f"taken after {reach}"] = _sums(gone, place + 1, np.minimum(place + 1 + reach, high))
    columns["known before 25"] = _sums(known, np.maximum(place - 25, low), place)
    columns["known after 25"] = _sums(known, place + 1, np.minimum(place + 26, high))
    columns["known share"] = _share(_sums(known, low, high), high - low)
    columns["repeats"] = _count_repeats(layout, own)[place]
    return columns


def _count_repeats(layout: Layout, own: _Own) -> Ints:
    """How many passages of its document have the same words; those without any, blank ones too, are all alike."""
    worded = np.flatnonzero(own.columns["words"] > 0)
    document = own.document[worded]
    keys = own.hashes[worded] + document.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    wordless = np.diff(layout.first) - np.bincount(document, minlength=len(layout.first) - 1)
    repeats: Ints = wordless[own.document]
    repeats[worded] = counts[inverse]
    return repeats


def _compare_words(own: _Own, place: Ints, proselike: Flags, documents: int) -> dict[str, Ints]:
    """The share of a passage's longer words that its document's prose uses, too, and of words it repeats.

    Words of a document are counted in buckets, eight for a word and always a power of two, so that
    chance meetings are rare and depend on the document alone.
    """
    number = len(own.written)
    chosen = np.flatnonzero(own.word_long)
    passage = own.word_passage[chosen]
    document = own.document[passage]
    amount = np.bincount(document, minlength=documents)
    sizes = 8 << np.ceil(np.log2(np.maximum(amount, 1))).astype(np.int64)
    base = np.cumsum(sizes) - sizes
    bucket = base[document] + (
        (own.word_hashes[chosen] >> np.uint64(20)).astype(np.int64) & (sizes[document] - 1)
    )
    in_prose = proselike[passage]
    room = int(sizes.sum())
    of_prose = bucket[in_prose]
    used = np.zeros(room, dtype=np.bool_)
    used[of_prose] = True
    is_shared = used.take(bucket)
    is_shared[in_prose] = _find_doubles(of_prose, room)
    longer = np.bincount(passage, minlength=number).take(place)
    shared = np.bincount(passage[is_shared], minlength=number).take(place)
    echoed = np.bincount(passage[_find_doubles(bucket, room)], minlength=number).take(place)
    return {
        "topic": np.where(longer > 0, _share(shared, longer), -1),
        "topic words": shared,
        "echo": np.where(longer > 0, _share(echoed, longer), -1),
    }


def _find_doubles(values: Ints, room: int) -> Flags:
    """Which of the values, all below ``room``, stand there more than once."""
    order = np.arange(len(values), dtype=np.int32)
    holder = np.empty(room, dtype=np.int32)
    holder[values] = order  # each value is held by one of its places
    doubled = np.zeros(room, dtype=np.bool_)
    doubled[values[holder.take(values) != order]] = True
    found: Flags = doubled.take(values)
    return found

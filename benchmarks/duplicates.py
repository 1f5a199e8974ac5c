"""How well near-identical paragraphs are judged, and at what price, against other tools.

    python benchmarks/duplicates.py kinds FILE          labelled paragraphs, by kind
    python benchmarks/duplicates.py edits FILE          edits made here, by kind
    python benchmarks/duplicates.py pairs FILE          pairs that a person labelled
    python benchmarks/duplicates.py peers FILE          datasketch, rensa, MinHash as FineWeb bands it
    python benchmarks/duplicates.py speed FILE          paragraphs read a second
    python benchmarks/duplicates.py scale N             sketch, join, index and look up N paragraphs

``kinds``, ``edits`` and ``peers`` read JSON lines ``{id, group, kind, text}`` (``.gz`` or plain): a group
holds a ``base``, its copies (``pos:...``), paragraphs that hold it (``con:...``) and look-alikes that
state other facts (``neg:...``, ``tpl:...``). ``pairs`` reads ``{id, a, b, may_go}``, where ``may_go`` is "a",
"b", "either" or null.

A removal is right only if the *side* that goes may go: a tool that removes the paragraph that says
more is wrong, however alike the two are.
"""

import argparse
import gzip
import json
import random
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, combinations, islice
from pathlib import Path
from typing import NamedTuple

from cleaner.core.comparison.judgment import judge, read_paragraph
from cleaner.core.comparison.similarity import containment, jaccard, shingle, split_words, winnow
from cleaner.core.document import Context, Document
from cleaner.corpus.decisions import Choices, NoteFile, decide_corpus, list_entries
from cleaner.corpus.index import CorpusIndex, Entries
from cleaner.corpus.paragraphs import Paragraphs
from cleaner.corpus.survey import read_head, write_note
from cleaner.pipeline import Result

TEMPLATE_PAIRS = 1500  # of each tpl kind, drawn with a fixed seed
SIDES = ("a", "b")


class Pair(NamedTuple):
    """Two paragraphs, and which of them may go: sides, none for look-alikes."""

    kind: str
    a: str
    b: str
    may_go: tuple[str, ...]


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a JSON lines file."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        for line in file:
            yield json.loads(line)


def read_pairs(path: Path) -> list[Pair]:
    """Base against copy for every labelled paragraph; templates against each other."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(path):
        groups[row["group"]].append(row)
    pairs = []
    for rows in groups.values():
        base = next((row["text"] for row in rows if row["kind"] == "base"), None)
        templates = [row for row in rows if row["kind"].startswith("tpl")]
        drawn = list(combinations(templates, 2))
        random.Random(0).shuffle(drawn)
        pairs += [Pair(x["kind"], x["text"], y["text"], ()) for x, y in drawn[:TEMPLATE_PAIRS]]
        for row in rows:
            kind = row["kind"]
            if base is not None and kind != "base":
                may_go = SIDES if kind.startswith("pos") else ("a",) if kind.startswith("con") else ()
                pairs.append(Pair(kind, base, row["text"], may_go))
    return pairs


# Edits that keep the facts, and edits that change one. Each rewrites a paragraph once, or not at all.
def _swap_words(pairs: str) -> Callable[[str], str]:
    table = {}
    for pair in pairs.split():
        old, _, new = pair.replace("_", " ").partition("/")
        table[old], table[new] = new, old
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, table)) + r")\b")
    return lambda text: pattern.sub(lambda match: table[match.group()], text, count=1)


def _replace(pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 1) -> Callable[[str], str]:
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(new, text, count=count)


def _swap_names(text: str) -> str:
    names = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?(?=[ ,.])", text))
    for x, y in combinations(names, 2):
        if x.group() != y.group() and x.group() not in y.group() and y.group() not in x.group():
            return text[: x.start()] + y.group() + text[x.end() : y.start()] + x.group() + text[y.end() :]
    return text


def _swap_around_verb(text: str) -> str:
    pattern = r"\b(the [a-z]+) (\w+ed) (the [a-z]+)\b"
    return re.sub(pattern, lambda match: f"{match[3]} {match[2]} {match[1]}", text, count=1)


_DIGITS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"}
_VERBS = "do|did|does|is|was|were|has|have|would|could|should"

SAME_EDITS: dict[str, Callable[[str], str]] = {
    "contraction": _replace(rf"\b({_VERBS}) not\b", r"\1n't", 0),
    "contraction undone": _replace(
        r"\b(do|did|does|is|was|were|has|have|would|could|should)n['\u2019]t\b", r"\1 not", 0
    ),
    "UK and US spelling": _swap_words(
        "centre/center colour/color labour/labor programme/program organisation/organization "
        "recognise/recognize behaviour/behavior defence/defense travelled/traveled favour/favor "
        "neighbour/neighbor metres/meters analyse/analyze realised/realized harbour/harbor"
    ),
    "number word as figure": _replace(
        r"\b(?<!-)(" + "|".join(_DIGITS) + r")\b(?!-)", lambda m: _DIGITS[m[1]]
    ),
    "per cent as sign": _replace(r" per ?cent\b", "%", 0),
    "thousands separator": _replace(r"\b(\d{1,3}),(\d{3})\b", r"\1\2", 0),
    "month cut short": _replace(
        r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)(?:uary|ruary|ust|ember|ober)\b", r"\1.", 0
    ),
    "hyphens gone": _replace(r"(?<=[a-z])-(?=[a-z])", " ", 0),
    "dotted capitals": _replace(r"\b(US|UK|UN|EU)\b", lambda m: ".".join(m[1]) + ".", 0),
    "words glued": _replace(r"(?<=[a-z]{4}) (?=[a-z]{4})", ""),
    "credit behind": lambda text: f"{text} (Photo: Getty Images)" if text.endswith((".", '"')) else text,
    "time stamp before": lambda text: f"10:42 a.m. - {text}",
    "share words before": lambda text: f"Share Tweet Email {text}",
    "page furniture behind": lambda text: f"{text} Advertisement" if text.endswith((".", '"')) else text,
    "said for says": _swap_words("said/says"),
    "figures masked": _replace(r"\b\d+\b", "*NUMBER*", 0),
    "name cut": _replace(r"(?<=[a-z] )([A-Z][a-z]{3})[a-z]{2,}(?=[ ,.])", r"\1..."),
}
OTHER_EDITS: dict[str, Callable[[str], str]] = {
    "unit": _swap_words(
        "million/billion kilometres/miles days/weeks months/years hours/minutes feet/metres "
        "tonnes/kilograms dollars/euros"
    ),
    "percent to points": _replace(r"(\d) per ?cent\b|(\d)%", r"\1\2 percentage points"),
    "figure by one": _replace(r"\b(\d+)\b", lambda m: str(int(m[1]) + 1)),
    "decimal shift": _replace(r"\b(\d+)\.(\d)\b", r"\1\2"),
    "number word": _swap_words("two/three four/five six/seven eight/nine dozen/hundred"),
    "swapped names": _swap_names,
    "swapped subject and object": _swap_around_verb,
    "deleted qualifier": _replace(
        r"\b(?:former|deputy|acting|alleged|suspected|nearly|almost|up to|at least|more than) ",
        "",
    ),
    "qualifier put in": _replace(
        r"\b(the|a) (president|minister|chief|director|leader|company)\b", r"\1 former \2"
    ),
    "do not for do": _replace(rf"\b({_VERBS}|will|can) (?!not)(?=[a-z])", r"\1 not "),
    "don't for do": _replace(rf"\b({_VERBS}) (?!not)(?=[a-z])", r"\1n't "),
    "not taken out": _replace(r"\b(?:not )|(?<=[a-z])n['\u2019]t\b", ""),
    "never for always": _swap_words("always/never all/some every/no most/few many/few"),
    "tense": _swap_words("will/would is/was are/were has/had plans/planned expects/expected"),
    "hedge put in": _replace(r"\b(is|was|were|are|has|have|had) (?=[a-z])", r"\1 allegedly "),
    "hedge taken out": _replace(
        r"\b(?:may|might|could|allegedly|reportedly|apparently|probably|likely|perhaps) ", ""
    ),
    "antonym": _swap_words(
        "increase/decrease increased/decreased rose/fell higher/lower more/less before/after "
        "first/last supported/opposed open/closed won/lost best/worst above/below "
        "increases/decreases high/low"
    ),
    "uncommon antonym": _swap_words(
        "large/small long/short good/bad strong/weak hard/easy fast/slow cheap/expensive "
        "rich/poor hope/fear love/hate praised/criticised encourage/discourage improve/worsen "
        "gain/lose"
    ),
    "he for she": _swap_words("he/she his/her He/She"),
    "other weekday": _swap_words("Monday/Tuesday Wednesday/Thursday Friday/Saturday"),
    "other month": _swap_words("January/February March/April June/July August/September October/November"),
    "other place": _swap_words(
        "Sydney/Melbourne London/Paris China/Japan Australia/Canada Queensland/Victoria "
        "Europe/Asia American/Australian north/south northern/southern eastern/western "
        "New_South_Wales/South_Australia"
    ),
    "condition put in": _replace(r"([a-z]{3})\.(?=\s|$)", r"\1 unless the court objects."),
    "preposition turned": _swap_words("from/to with/without for/against into/out_of"),
    "other noun": _swap_words(
        "children/adults men/women farmers/workers cattle/sheep water/oil wheat/barley "
        "cells/genes heart/liver brain/lung disease/injury research/policy government/opposition"
    ),
}

# Written after the guard had seen the edits above: figures for these are of its first run.
SAME_EDITS |= {
    "later: title case": lambda text: text.title() if text.isascii() and "'" not in text else text,
    "later: dashes": _replace(r" [\u2013\u2014-]+ ", "\u2014", 0),
    "later: hour as written": _replace(r"\b(\d{1,2}) ?([ap])\.m\.", r"\1\2m", 0),
    "later: line end hyphen": _replace(r"(?<=[a-z]{4})([a-z]{4,})(?=[ ,.])", r"-\1"),
    "later: names of unions": _swap_words("United_States/U.S. United_Nations/UN European_Union/EU"),
    "later: initial lost": lambda text: (
        text[1:] if text[:1].isupper() and text[1:2].islower() and text[0] != "A" else text
    ),
    "later: heading glued": lambda text: f"Top Stories Of The Day{text}" if text[:1].isupper() else text,
    "later: agency behind": lambda text: f"{text} (Reuters)" if text.endswith((".", '"')) else text,
}
OTHER_EDITS |= {
    "later: currency": _replace(r"\$(?=\d)", "\u20ac"),
    "later: noon for night": _replace(r"\b(\d{1,2}) ?a\.?m\b", r"\1 pm"),
    "later: ordinal": _swap_words("first/third second/fourth 1st/3rd 19th/20th"),
    "later: score turned": _replace(r"\b(\d+)-(\d+)\b", r"\2-\1"),
    "later: only put in": _replace(r"\b(was|were|is|are|has|have) (?=[a-z])", r"\1 only "),
    "later: voice turned": _replace(r"\b(?:was|were) (\w+ed)\b(?! by)", r"\1"),
    "later: because for although": _swap_words("because/although so/but and/or"),
    "later: even if put in": _replace(r", (?=[a-z])", ", even if "),
    "later: prefix of denial": _replace(
        r" (?=(?:able|likely|certain|legal|expected|official|known|clear|common)\b)", " un"
    ),
    "later: years apart": _replace(r"\b(19|20)(\d)(\d)\b", lambda m: m[1] + m[2] + str((int(m[3]) + 3) % 10)),
    "later: surname": _replace(r"(?<=[a-z] )([A-Z][a-z]+) ([A-Z][a-z]{3,})\b", r"\1 Lindqvist"),
    "later: modal": _swap_words("must/may should/must can/will"),
    "later: refused to": _replace(r"\b(agreed|decided|wants|want|plans|plan|hopes|hope) to\b", "refused to"),
    "later: quantity noun": _swap_words("hundreds/thousands dozens/hundreds half/quarter majority/minority"),
}

# Written after the guard had seen all of the above.
OTHER_EDITS |= {
    "last: connective": _swap_words("so/but and/but or/but because/so when/if while/because but/if"),
    "last: preposition of a role": _swap_words("by/to by/for by/from to/of on/under in/outside"),
    "last: qualifier taken out": _replace(
        r"\b(?:alleged|up to|about|around|at least|at most|only|some|most|only about|fewer than|potential|possible) ",
        "",
    ),
    "last: mood": _swap_words("may/will might/must could/can should/will may/must would/did"),
    "last: denied by prefix": _replace(
        r" (?=(?:happy|safe|fair|successful|usual|necessary|employed|related|stable|popular|armed|paid|licensed)\b)",
        " un",
    ),
    "last: comparative": _swap_words(
        "bigger/smaller larger/smaller longer/shorter faster/slower stronger/weaker more/fewer better/worse"
    ),
    "last: ordinal word": _swap_words("second/third twice/thrice dozens/scores first/second fifth/sixth"),
    "last: roles": _swap_words(
        "defence/prosecution plaintiff/defendant buyer/seller teacher/student doctor/patient employer/employee "
        "victim/suspect parents/children coach/player driver/passenger owner/tenant lender/borrower"
    ),
    "last: irregular passive": _replace(
        r"\b(?:was|were) (hit|shot|told|sent|led|paid|held|cut|hurt|beaten|found|sold|bought|built|taught|shown)\b(?! by)",
        r"\1",
    ),
    "last: left for right": _swap_words("left/right front/back top/bottom inside/outside upper/lower"),
}


def make_edits(path: Path, each: int = 400) -> list[Pair]:
    """Pairs of a base paragraph and its edit, ``each`` of a kind at most, drawn with a fixed seed."""
    bases = sorted({row["text"] for row in read_rows(path) if row["kind"] == "base"})
    bases = [text for text in bases if len(split_words(text)) >= 12]
    random.Random(1).shuffle(bases)
    pairs = []
    for may_go, edits, sign in ((SIDES, SAME_EDITS, "same"), ((), OTHER_EDITS, "other")):
        for name, edit in edits.items():
            made = ((text, edit(text)) for text in bases)
            changed = (Pair(f"{sign}: {name}", text, new, may_go) for text, new in made if new != text)
            kind = [pair for pair, _ in zip(changed, range(each), strict=False)]
            if name in ("figures masked", "name cut"):
                kind = [pair._replace(may_go=("b",)) for pair in kind]
            pairs += kind
    return pairs


Remover = Callable[[Pair], str | None]


def remove_by_judgment(verdicts: Sequence[str]) -> Remover:
    """The judgment of this program."""
    return lambda pair: judge(pair.a, pair.b).removed(tuple(verdicts))


def remove_by_rule(similarity: float, contained: float, *, keep_longer: bool) -> Remover:
    """A fixed threshold on word pairs."""

    def remove(pair: Pair) -> str | None:
        a, b = split_words(pair.a), split_words(pair.b)
        x, y = shingle(a), shingle(b)
        if jaccard(x, y) < similarity and containment(x, y) < contained:
            return None
        return "a" if keep_longer and len(b) > len(a) else "b"

    return remove


def remove_by_datasketch(bands: int, rows: int, threshold: float) -> Remover:
    """datasketch: two paragraphs that fall into one band, at least this similar by estimate, first kept."""
    from datasketch import MinHash

    def sketch(text: str) -> "MinHash":
        hashes = MinHash(num_perm=bands * rows, seed=1)
        hashes.update_batch([" ".join(words).encode() for words in shingle(split_words(text), 5)])
        return hashes

    def remove(pair: Pair) -> str | None:
        a, b = sketch(pair.a), sketch(pair.b)
        x, y = a.hashvalues.reshape(bands, rows), b.hashvalues.reshape(bands, rows)
        met = bool((x == y).all(axis=1).any())
        return "b" if met and a.jaccard(b) >= threshold else None

    return remove


def remove_by_rensa(threshold: float) -> Remover:
    """rensa: estimated similarity of 128 permutations of word pairs, first kept."""
    from rensa import RMinHash

    def sketch(text: str) -> "RMinHash":
        hashes = RMinHash(num_perm=128, seed=1)
        hashes.update([" ".join(words) for words in shingle(split_words(text))])
        return hashes

    return lambda pair: "b" if sketch(pair.a).jaccard(sketch(pair.b)) >= threshold else None


def print_table(pairs: Sequence[Pair], remove: Remover, *, by_kind: bool, name: str) -> None:
    """Precision and recall of removal with the side kept, and how many were removed of each kind."""
    began = time.process_time()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pair in pairs:
        side = remove(pair)
        counts[pair.kind][0] += 1
        counts[pair.kind][1] += side is not None
        counts[pair.kind][2] += side is not None and side in pair.may_go
    spent = time.process_time() - began
    if by_kind:
        for kind in sorted(counts):
            total, removed, right = counts[kind]
            print(
                f"  {kind:34}{total:6} pairs  removed {removed:5}  right side {right:5}  {right / total:6.3f}"
            )
    may = sum(1 for pair in pairs if pair.may_go)
    removed = sum(count[1] for count in counts.values())
    right = sum(count[2] for count in counts.values())
    print(
        f"{name:44} precision {right / max(1, removed):.4f}  recall {right / max(1, may):.4f}"
        f"  wrong {removed - right:5}  {len(pairs) / max(spent, 1e-9):8.0f} pairs/s"
    )


def show_kinds(path: Path) -> None:
    """The labelled development file, by kind; machine translation and containment apart."""
    pairs = read_pairs(path)
    remove = remove_by_judgment(["same"])
    print_table(pairs, remove, by_kind=True, name="all")
    scored = [pair for pair in pairs if pair.kind != "pos:mt" and not pair.kind.startswith("con")]
    print_table(scored, remove, by_kind=False, name="copies without mt, against neg and tpl")
    held = [pair for pair in pairs if pair.kind.startswith("con")]
    remove = remove_by_judgment(["same", "contained"])
    print_table(held, remove, by_kind=True, name="containment, --remove same,contained")
    found = sum(judge(pair.a, pair.b).verdict in ("same", "contained") for pair in held)
    print(f"containment found {found / max(1, len(held)):.4f}")


def show_edits(path: Path) -> None:
    """Edits that the guard was not written against."""
    pairs = make_edits(path)
    print_table(pairs, remove_by_judgment(["same"]), by_kind=True, name="edits")


def show_pairs(path: Path) -> None:
    """Pairs that a person labelled."""
    sides = {"a": ("a",), "b": ("b",), "either": SIDES, None: ()}
    pairs = [Pair("pair", row["a"], row["b"], sides[row["may_go"]]) for row in read_rows(path)]
    for verdicts in (["same"], ["same", "contained"]):
        print_table(pairs, remove_by_judgment(verdicts), by_kind=False, name=f"--remove {','.join(verdicts)}")
    fixed = remove_by_rule(0.6, 0.8, keep_longer=True)
    print_table(pairs, fixed, by_kind=False, name="Jaccard .6 or containment .8, longer")
    print_table(
        pairs, remove_by_rule(0.8, 2, keep_longer=True), by_kind=False, name="Jaccard .8, longer kept"
    )


def show_peers(path: Path) -> None:
    """Other tools on the same pairs, each as it is commonly used, and the candidates that they find."""
    pairs = read_pairs(path)
    copies = [pair for pair in pairs if pair.kind != "pos:mt" and not pair.kind.startswith("con")]
    tools: list[tuple[str, Remover]] = [
        ("this program", remove_by_judgment(["same"])),
        ("Jaccard .6 or containment .8, longer kept", remove_by_rule(0.6, 0.8, keep_longer=True)),
        ("Jaccard .8, first kept", remove_by_rule(0.8, 2, keep_longer=False)),
        ("FineWeb bands (14 of 8, 5 words, unverified)", remove_by_datasketch(14, 8, 0)),
        ("datasketch, 32 of 4, estimate .5", remove_by_datasketch(32, 4, 0.5)),
        ("rensa, estimate .7", remove_by_rensa(0.7)),
    ]
    for name, remove in tools:
        print_table(copies, remove, by_kind=False, name=name)
    for kind in ("pos", "con"):
        some = [pair for pair in pairs if pair.kind.startswith(kind) and pair.kind != "pos:mt"]
        met = sum(bool(winnow(split_words(pair.a)) & winnow(split_words(pair.b))) for pair in some)
        print(f"candidates by winnowing, {kind}: {met / len(some):.4f} of {len(some)}")
        fineweb = remove_by_datasketch(14, 8, 0)
        print(f"candidates by FineWeb's bands, {kind}: {sum(map(bool, map(fineweb, some))) / len(some):.4f}")


def show_scale(count: int) -> None:
    """Sketch, join, decide, index and look up this many made-up paragraphs, a tenth of them copies."""
    shared = random.Random(3)
    words = [
        "".join(shared.choices("abcdefghijklmnoprstuvw", k=shared.randint(2, 10))) for _ in range(50_000)
    ]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))

    def make_paragraph(number: int) -> str:
        draw = random.Random(number)
        if number and draw.random() < 0.1:
            return draw.choice(("", "Advertisement ")) + make_paragraph(draw.randrange(number))
        return " ".join(draw.choices(words, cum_weights=weights, k=draw.randint(12, 60))) + "."

    texts = ("\n".join(map(make_paragraph, range(first, first + 10))) for first in range(0, count, 10))
    clock = time.process_time
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.jsonl"
        keys, spent = write_notes(texts, path)
        noted = clock()
        print(f"{count} paragraphs, {keys} keys, notes {path.stat().st_size / 1e6:.0f} MB in {spent:.1f} s")
        with NoteFile(path) as notes:
            decisions = decide_corpus(notes, Choices())
            decided = clock()
            removed = sum(len(decision.removals) for decision in decisions.documents.values())
            print(f"decide {decided - noted:.1f} s, removed {removed}, {decisions.rows[0]}")
            show_peak()
            show_index(Path(folder) / "corpus.index", lambda: list_entries(notes, decisions), notes.ids)
    show_peak()


def show_peak() -> None:
    """The most memory that the process had so far, of this whole benchmark."""
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def write_notes(texts: Iterable[str], path: Path) -> tuple[int, float]:
    """Phase one on texts; how many keys there are, and the seconds for it."""
    keys, spent = 0, 0.0
    with path.open("wb") as file:
        for number, text in enumerate(texts):
            document = Document(f"d{number:08}", text)
            began = time.process_time()
            file.write(note := write_note(Result(document, text, (), (), (), (), {}, Context())))
            spent += time.process_time() - began
            keys += read_head(note.partition(b"\n")[0]).keys
    return keys, spent


def show_index(path: Path, list_rows: Callable[[], Iterator[Entries]], names: Sequence[str]) -> None:
    """Build an index, look 10,000 paragraphs up and add them."""
    clock = time.process_time
    began = clock()
    with CorpusIndex(path, writable=True) as index:
        index.update(list_rows(), names, in_portions=True)
    built = clock()
    fresh = [row._replace(document=f"new-{row.document}") for row in islice(list_rows(), 1000)]
    paragraphs = Paragraphs([text for row in fresh for text in row.texts].__getitem__)
    for row in fresh:
        paragraphs.append(row.document, row.columns)
    read = clock()
    with CorpusIndex(path) as index:
        found = sum(1 for _ in index.find(paragraphs))
    looked = clock()
    with CorpusIndex(path, writable=True) as index:
        index.update(fresh, paragraphs.documents)
    print(f"index: build {built - began:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
    print(
        f"look up {len(paragraphs):,}: {looked - read:.1f} s, {found} found; add them: {clock() - looked:.1f} s"
    )


def show_speed(path: Path) -> None:
    """How many paragraphs are read, and how many pairs are judged, a second."""
    texts = [row["text"] for row, _ in zip(read_rows(path), range(5000), strict=False)]
    began = time.process_time()
    for text in texts:
        read_paragraph(text)
    print(f"{len(texts) / (time.process_time() - began):.0f} paragraphs read a second")


def main() -> None:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["kinds", "edits", "pairs", "peers", "speed", "scale"])
    parser.add_argument("target", help="a file, or for scale a number of paragraphs")
    options = parser.parse_args()
    if options.what == "scale":
        show_scale(int(options.target))
        return
    shows = {
        "kinds": show_kinds,
        "edits": show_edits,
        "pairs": show_pairs,
        "peers": show_peers,
        "speed": show_speed,
    }
    shows[options.what](Path(options.target))


if __name__ == "__main__":
    main()

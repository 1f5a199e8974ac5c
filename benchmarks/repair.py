"""Measure the stage repair against ftfy: equal results, and how much sooner.

    python benchmarks/repair.py speed TEXT...             clean text files, one language each
    python benchmarks/repair.py equality TEXT...          every line, and each again as mojibake
    python benchmarks/repair.py cases test_cases.json     the cases that ftfy's source package ships
    python benchmarks/repair.py homoglyphs TEXT...        look-alikes injected into clean texts
    python benchmarks/repair.py mixed TEXT...             genuine lines of two scripts: which are changed

TEXT is plain text, or JSON lines (also gzipped) whose objects hold ``lines`` or ``text``.
"""

import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy

from cleaner.core.confusables import LATIN_LOOK_ALIKES
from cleaner.core.document import Context
from cleaner.core.edits import apply
from cleaner.stages.repair import RepairStage
from cleaner.stages.repair.ftfy_rules import FTFY_CONFIG, fix_line

WRONG_ENCODINGS = (
    "latin-1", "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257",
    "iso-8859-2", "macroman", "cp437",
)  # fmt: skip


def read_texts(paths: list[str]) -> Iterator[str]:
    """Each document of the files."""
    for path in paths:
        opened = gzip.open if path.endswith(".gz") else open
        with opened(path, "rt", encoding="utf-8", newline="") as file:  # type: ignore[operator]
            if ".jsonl" in path:
                for row in map(json.loads, file):
                    yield row["text"] if "text" in row else "\n".join(row["lines"])
            else:
                yield file.read()


def measure_speed(paths: list[str]) -> None:
    """MB/s of ftfy and of repair over what repair leaves as it is, in one run."""
    stage = RepairStage()
    for path in paths:
        texts = [text for text in read_texts([path]) if not stage(text, Context()).edits]
        size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
        of_ftfy = _time(lambda text: ftfy.fix_text(text), texts)
        ours = _time(lambda text: stage(text, Context()), texts)
        print(f"{path}: {size:.1f} MB; ftfy {size / of_ftfy:.1f}, repair {size / ours:.1f} MB/s; ", end="")
        print(f"{of_ftfy / ours:.1f} times as fast")


def _time(function: Callable[[str], object], texts: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for text in texts:
            function(text)
        best = min(best, time.process_time() - begin)
    return best


def count_differences(paths: list[str]) -> None:
    """Lines whose repair by ftfy's steps differs from ftfy's: as they are, and as fuzzed mojibake."""
    counts: Counter[str] = Counter()
    random_source = random.Random(0)
    seen: set[str] = set()
    for text in read_texts(paths):
        for line in text.split("\n"):
            if line in seen:
                continue
            seen.add(line)
            for kind, version in (("lines", line), ("mojibake", make_mojibake(line, random_source))):
                if kind == "mojibake" and version == line:
                    continue
                expected = ftfy.fix_and_explain(version, FTFY_CONFIG).text
                counts[kind] += 1
                counts[f"{kind} changed by ftfy"] += expected != version
                counts[f"{kind} different"] += apply(version, fix_line(version)) != expected
    print(dict(counts))


def make_mojibake(line: str, random_source: random.Random) -> str:
    """The line as wrong decoders make it: whole or in part, once or twice, with bytes lost."""
    for _ in range(random_source.choice((1, 1, 2))):
        start = random_source.choice((0, random_source.randint(0, len(line))))
        encoding = random_source.choice(WRONG_ENCODINGS)
        errors = random_source.choice(("replace", "ignore"))
        garbled = line[start:].encode("utf-8", "replace").decode(encoding, errors)
        line = line[:start] + random_source.choice((garbled, garbled, garbled.replace("\xa0", " ")))
    return line


def check_cases(path: str) -> None:
    """ftfy's own cases: what our steps make of each, against ftfy with the same options."""
    counts: Counter[str] = Counter()
    for case in json.loads(Path(path).read_text(encoding="utf-8")):
        original = case["original"]
        counts["cases"] += 1
        equal = apply(original, fix_line(original)) == ftfy.fix_and_explain(original, FTFY_CONFIG).text
        counts["equal"] += equal
    print(dict(counts))


def inject_homoglyphs(paths: list[str]) -> None:
    """Look-alikes in a share of the words of each text: how many words come back, how many come out wrong."""
    stage = RepairStage()
    twins: dict[str, list[str]] = {}
    for letter, latin in LATIN_LOOK_ALIKES.items():
        if "\u0370" <= letter <= "\u04ff" and latin.isascii():
            twins.setdefault(latin, []).append(letter)
    random_source = random.Random(0)
    counts: Counter[str] = Counter()
    for text in read_texts(paths):
        lines = [line for line in text.split("\n") if not re.search("[\u0370-\u1fff]", line)]
        words = re.split("([ \n])", "\n".join(lines))
        broken = [_inject(word, twins, random_source) for word in words]
        source = "".join(broken)
        edits = [edit for edit in stage(source, Context()).edits if edit.causes[0].rule == "repair.homoglyph"]
        repaired = re.split("([ \n])", apply(source, edits))
        for word, wrong, version in zip(words, broken, repaired, strict=True):
            for letter, written in zip(word, version, strict=True):
                counts["letters wrong"] += written not in (letter, *twins.get(letter, ()))
            if wrong != word and re.search("[A-Za-z]", wrong):
                counts["injected"] += 1
                counts["repaired"] += version == word
                if "-v" in sys.argv and version != word:
                    print(ascii(wrong), word, ascii(version))
    print(dict(counts), f"{counts['repaired'] / max(1, counts['injected']):.2%} repaired")


def count_changed(paths: list[str]) -> None:
    """Distinct lines that mix scripts, and those in which a look-alike is replaced, which are printed."""
    stage = RepairStage()
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for text in read_texts(paths):
        for line in text.split("\n"):
            if line in seen or not (re.search("[A-Za-z]", line) and re.search("[\u0370-\u052f]", line)):
                continue
            seen.add(line)
            edits = [
                edit for edit in stage(line, Context()).edits if edit.causes[0].rule == "repair.homoglyph"
            ]
            counts["mixed lines"] += 1
            counts["changed"] += bool(edits)
            for edit in edits:
                print(
                    f"{line[edit.start : edit.end]!a} -> {edit.new} in {line[max(0, edit.start - 30) : edit.end + 30]}"
                )
    print(dict(counts))


def _inject(word: str, twins: dict[str, list[str]], random_source: random.Random) -> str:
    places = [i for i, letter in enumerate(word) if letter in twins]
    if not places or len(word) < 3 or random_source.random() > 0.1:
        return word
    letters = list(word)
    alphabet = random_source.choice("gc")
    for i in random_source.sample(places, min(len(places), random_source.choice((1, 1, 2, 3)))):
        choices = [twin for twin in twins[letters[i]] if (twin < "\u0400") == (alphabet == "g")]
        if choices:
            letters[i] = choices[0]
    return "".join(letters)


if __name__ == "__main__":
    job, arguments = sys.argv[1], [argument for argument in sys.argv[2:] if argument != "-v"]
    if job == "speed":
        measure_speed(arguments)
    elif job == "equality":
        count_differences(arguments)
    elif job == "homoglyphs":
        inject_homoglyphs(arguments)
    elif job == "mixed":
        count_changed(arguments)
    else:
        check_cases(arguments[0])

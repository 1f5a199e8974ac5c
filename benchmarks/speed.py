"""How fast each stage is, and how the matcher scales with the number of rules.

    python benchmarks/speed.py [FOLDER]        texts below FOLDER; default: the seeds, many times over

Prints how long a start takes, code points per CPU second for each stage, as a ratio to ``ftfy.fix_text`` on the same text in the
same run, and the speed of the strip stage with 300 and with 3,000 made-up rules. Machines are noisy: read
the ratios, not the absolute figures.
"""

import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import ftfy

from cleaner import Cleaner, Context
from cleaner.core.edits import apply, settle
from cleaner.core.matcher import Matcher
from cleaner.core.patterns.regex import Regex
from cleaner.core.rules import Rule
from cleaner.core.text import fold, split_lines
from cleaner.packs import load_packs
from cleaner.stages.strip import StripStage

ROOT = Path(__file__).parent.parent
WORDS = [
    "subscribe",
    "newsletter",
    "share",
    "story",
    "continue",
    "reading",
    "more",
    "related",
    "follow",
    "comment",
    "sign",
    "up",
    "now",
    "free",
    "today",
    "member",
    "support",
    "join",
    "us",
    "download",
    "app",
    "watch",
    "video",
    "photo",
    "gallery",
    "latest",
    "news",
    "top",
    "daily",
    "weekly",
    "offer",
]


def read_texts(arguments: list[str]) -> list[str]:
    """The texts to clean, about two million code points."""
    folder = Path(arguments[0]) if arguments else ROOT / "seeds"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    size = sum(map(len, texts))
    return texts * max(1, 2_000_000 // max(1, size))


def measure(act: Callable[[str], object], texts: Iterable[str]) -> float:
    """Code points per CPU second, the best of three."""
    best = 0.0
    texts = list(texts)
    size = sum(map(len, texts))
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            act(text)
        best = max(best, size / (time.process_time() - start))
    return best


def made_up_rules(count: int) -> list[Rule]:
    """Rules as packs have them: mostly whole lines, some line regexes, phrases and sentences."""
    import re

    rng = random.Random(1)
    rules = []
    for number in range(count):
        phrase = " ".join(rng.choices(WORDS, k=rng.randint(2, 5))) + f" {number}"
        kind = number % 10
        rule = Rule(id=f"ad.made-up-{number}", why="Made up.", scope="line")
        if kind < 6:
            rule = Rule(id=rule.id, why=rule.why, scope="line", lines=frozenset({fold(phrase)}))
        elif kind < 8:
            rule = Rule(id=rule.id, why=rule.why, scope="line", regex=(Regex(rf"{phrase}(?: .+)?", re.I),))
        elif kind == 8:
            rule = Rule(id=rule.id, why=rule.why, scope="span", inline=(phrase.capitalize(),))
        else:
            rule = Rule(id=rule.id, why=rule.why, scope="sentence", regex=(Regex(rf"{phrase}[^.]*\.", re.I),))
        rules.append(rule)
    return rules


def main() -> None:
    """Print the tables."""
    texts = read_texts(sys.argv[1:])
    print(f"{len(texts)} texts, {sum(map(len, texts)):,} code points")
    peer = measure(ftfy.fix_text, texts)
    print(f"{'ftfy.fix_text':24}{peer / 1e6:8.2f} M/s    1.0")
    start = time.process_time()
    cleaner = Cleaner.load()
    loaded = time.process_time()
    cleaner.pipeline("en")
    built = time.process_time()
    print(f"Cleaner.load() {loaded - start:.3f} s, rules of one language {built - loaded:.3f} s")
    current = texts
    for stage in cleaner.pipeline("en").stages:
        speed = measure(lambda text, stage=stage: stage(text, Context("en")), current)
        print(f"{stage.name:24}{speed / 1e6:8.2f} M/s {speed / peer:6.1f}")
        current = [apply(text, settle(text, stage(text, Context("en")).edits).edits) for text in current]
    whole = measure(lambda text: cleaner.clean(text, language="en"), texts)
    print(f"{'all stages':24}{whole / 1e6:8.2f} M/s {whole / peer:6.1f}")
    shipped = [rule for pack in load_packs() for rule in pack.rules]
    for name, rules in (("shipped", shipped), ("300", made_up_rules(300)), ("3,000", made_up_rules(3000))):
        matcher = Matcher(rules)
        strip = StripStage(matcher, frozenset(rule.id for rule in rules))
        speed = measure(lambda text, strip=strip: strip(text, Context("en")), texts)
        print(f"strip, {name + ' rules':17}{speed / 1e6:8.2f} M/s {speed / peer:6.1f}")
    lines = measure(split_lines, texts)
    print(f"{'lines and keys alone':24}{lines / 1e6:8.2f} M/s {lines / peer:6.1f}")


if __name__ == "__main__":
    main()

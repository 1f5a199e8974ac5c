"""The gate before ftfy: what comes out is what ftfy makes of the line, for any line."""

import itertools
import random
import re

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.document import Context
from cleaner.core.edits import apply
from cleaner.stages.repair import RepairStage, ftfy_gate
from cleaner.stages.repair.ftfy_gate import looks_like_mojibake
from cleaner.stages.repair.ftfy_rules import FTFY_CONFIG, fix_line

SENTENCES = (
    "The caf\u00e9\u2019s owner said: \u201cWe won\u2019t close \u2013 not yet\u2026\u201d",
    "Der B\u00fcrgermeister sagte: \u201eDie Br\u00fccke bleibt gesperrt.\u201c",
    "L\u2019\u00e9cole a ferm\u00e9 \u00e0 midi, \u00ab malgr\u00e9 tout \u00bb.",
    "El ni\u00f1o pregunt\u00f3: \u00bfd\u00f3nde est\u00e1 el se\u00f1or?",
    "O avi\u00e3o n\u00e3o saiu \u00e0 hora por causa da tempestade.",
    "Za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144 \u2013 powiedzia\u0142a \u201ed\u0119ba\u201d.",
    "P\u0159\u00edli\u0161 \u017elu\u0165ou\u010dk\u00fd k\u016f\u0148 p\u011bl.",
    "\u00c7ok g\u00fczel bir ak\u015fam\u0131n \u0131\u015f\u0131\u011f\u0131 \u00f6yle dedi.",
    (
        "\u0413\u043e\u0440\u043e\u0434 \u0441\u043f\u0430\u043b, \u00ab\u043a\u0430\u043a \u0432\u0441\u0435"
        "\u0433\u0434\u0430\u00bb \u2014 \u0441\u043a\u0430\u0437\u0430\u043b \u043e\u043d."
    ),
    (
        "\u041c\u0456\u0441\u0442\u043e \u0457\u043b\u043e \u0445\u043b\u0456\u0431 \u0456 \u043f\u0438\u043b"
        "\u043e \u0432\u043e\u0434\u0443."
    ),
    (
        "\u0397 \u03c0\u03cc\u03bb\u03b7 \u03ba\u03bf\u03b9\u03bc\u03cc\u03c4\u03b1\u03bd, \u00ab\u03cc\u03c0"
        "\u03c9\u03c2 \u03c0\u03ac\u03bd\u03c4\u03b1\u00bb."
    ),
    "\u05d4\u05e2\u05d9\u05e8 \u05d9\u05e9\u05e0\u05d4 \u05d1\u05dc\u05d9\u05dc\u05d4.",
    (
        "\u0646\u0627\u0645\u062a \u0627\u0644\u0645\u062f\u064a\u0646\u0629 \u0641\u064a \u0627\u0644\u0644\u064a"
        "\u0644."
    ),
    "\u0936\u0939\u0930 \u0938\u094b \u0930\u0939\u093e \u0925\u093e\u0964",
    "\u57ce\u5e02\u5728\u591c\u91cc\u7761\u7740\u4e86\uff0c\u4ed6\u8bf4\u3002",
    "\u753a\u306f\u591c\u306b\u7720\u3063\u3066\u3044\u305f\u3002",
    "\ub3c4\uc2dc\ub294 \ubc24\uc5d0 \uc7a0\ub4e4\uc5c8\ub2e4.",
)
ENCODINGS = (
    "latin-1", "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257",
    "iso-8859-2", "macroman", "cp437",
)  # fmt: skip
# One character for each way in which ftfy's expression can look at it, so that all of them can be combined.
LITERALS = set(
    "\u0153\u0152\xb0\xc2\xc3\xce\xd0\u20ac\u0161\u0160\xa2\xa3\u0178\u017e\xa0\xad\xae"
    "\xa9\xbb\u2013\u2014\xb4\xd7\xb2\xb3\xd8\xd9\xb5\xe0\u0432\u0402\u0412\u0413\u0420"
    "\u0421\u045e\u040e\u03b2\u0386\u0101\u0392\u0393\u039e\u039f"
)


def is_equal_to_ftfy(line):
    return apply(line, fix_line(line)) == ftfy.fix_and_explain(line, FTFY_CONFIG).text


def representatives():
    classes = [re.compile(f"[{members}]") for members in MOJIBAKE_CATEGORIES.values()]
    found = {}
    for character in map(chr, itertools.chain(range(0x20, 0x530), range(0x2000, 0x2600))):
        looks = (tuple(bool(c.match(character)) for c in classes), character if character in LITERALS else "")
        kind = (re.match(r"[a-z]", character), re.match(r"[A-Z]", character), re.match(r"\w", character))
        found.setdefault((looks, tuple(map(bool, kind)), character.isspace(), character.isascii()), character)
    return sorted(found.values())


def test_the_gate_knows_the_expression_that_ftfy_uses():
    assert ftfy_gate.GATE_HOLDS, "ftfy has a new expression: check it against the gate, then update the hash"


def test_the_gate_gives_ftfys_verdict_on_all_short_combinations():
    characters = representatives()
    for length in (1, 2):
        for text in map("".join, itertools.product(characters, repeat=length)):
            assert looks_like_mojibake(text) == is_bad(text), ascii(text)
    chosen = random.Random(0)
    for _ in range(60_000):
        text = "".join(chosen.choices(characters, k=chosen.randint(3, 9)))
        assert looks_like_mojibake(text) == is_bad(text), ascii(text)


def test_without_the_known_expression_ftfy_is_asked_itself(monkeypatch):
    monkeypatch.setattr(ftfy_gate, "GATE_HOLDS", False)
    monkeypatch.setattr("cleaner.stages.repair.GATE_HOLDS", False)
    text = "plain\nIt\u00e2\u20ac\u2122s late\nplain \u00e9"
    assert apply(text, RepairStage()(text, Context("en")).edits) == "plain\nIt\u2019s late\nplain \u00e9"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_mojibake_in_many_scripts_comes_out_as_ftfy_makes_it(encoding):
    chosen = random.Random(encoding)
    for sentence in SENTENCES:
        assert is_equal_to_ftfy(sentence)
        for errors in ("replace", "ignore"):
            garbled = sentence.encode().decode(encoding, errors)
            cut = chosen.randint(0, len(sentence))
            twice = garbled.encode("utf-8").decode("windows-1252", "replace")
            versions = (garbled, garbled.replace("\xa0", " "), sentence[:cut] + garbled, garbled[cut:], twice)
            for version in versions:
                assert is_equal_to_ftfy(version), ascii(version)


@given(st.text(st.characters(exclude_characters="\n"), max_size=60))
@settings(max_examples=300)
def test_any_line_comes_out_as_ftfy_makes_it(line):
    assert is_equal_to_ftfy(line)


@given(
    st.lists(st.sampled_from([*ENCODINGS]), min_size=1, max_size=2),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24FF), max_size=25),
    st.sampled_from(["", "&amp;", "<b>", "\u201c", " \x85", "\ufb01", "\x1b[1m", "\ud83d\ude00"]),
)
@settings(max_examples=300)
def test_fuzzed_mojibake_comes_out_as_ftfy_makes_it(encodings, text, tail):
    for encoding in encodings:
        text = text.encode("utf-8", "replace").decode(encoding, "replace")
    assert is_equal_to_ftfy(text.replace("\n", "") + tail)


def test_a_line_of_a_megabyte_is_repaired_in_place():
    text = "plain words and more of them " * 20_000 + "It\u00e2\u20ac\u2122s late " * 2000
    edits = RepairStage()(text, Context("en")).edits
    assert apply(text, edits) == text.replace("\u00e2\u20ac\u2122", "\u2019")
    assert len(edits) == 2000


def test_the_author_keeps_quotes_and_full_width_characters():
    text = "\u201cQuoted\u201d \u2018so\u2019 \uff0c\u5168\u89d2\uff21"
    assert list(RepairStage()(text, Context("zh")).edits) == []

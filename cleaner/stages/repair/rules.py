"""The built-in rules of the stage repair, in order, each with its reason and its cases."""

from collections.abc import Callable, Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Edit
from cleaner.stages.builtin import BuiltinRule, Hit, Miss
from cleaner.stages.repair import ftfy_rules
from cleaner.stages.repair.homoglyphs import find_homoglyphs, find_mixed_alphabets
from cleaner.stages.repair.invisible import (
    find_blanks,
    find_directional_marks,
    find_joiners,
    find_soft_hyphens,
)
from cleaner.stages.repair.line_ends import find_line_end_hyphens, find_line_ends
from cleaner.stages.repair.lost_letters import find_lost_apostrophes, find_lost_characters, find_lost_quotes
from cleaner.stages.repair.lost_quotes import find_lost_closing_quotes


def _of_ftfy(rule: str) -> Callable[[str, Context], Iterator[Edit]]:
    """A rule's share of what ftfy's steps do to a line."""

    def find(text: str, context: Context) -> Iterator[Edit]:
        for edit in ftfy_rules.fix_line(text):
            if any(cause.rule == rule for cause in edit.causes):
                yield edit

    return find


# Rules that make the text readable for ftfy come first, then ftfy's, then what ftfy leaves.
BEFORE_FTFY = (
    BuiltinRule(
        "repair.line-end",
        "safe",
        "Line breaks of other systems and formats are line feeds, so that lines are lines.",
        find_line_ends,
        hits=(
            Hit("One.\r\nTwo.", "One.\nTwo."),
            Hit("One.\rTwo.", "One.\nTwo."),
            Hit("One.\u2028Two.\u2029Three.", "One.\nTwo.\nThree."),
            Hit("One.\x0bTwo.\x0cThree.", "One.\nTwo.\nThree."),
        ),
        misses=(
            Miss("One.\nTwo."),
            Miss("One.\n\nTwo.\n"),
            Miss("Tab\tstays."),
            Miss(r"A backslash and letters \r\n are text."),
        ),
    ),
    BuiltinRule(
        "repair.lost-closing-quote",
        "safe",
        "A misread closing quotation mark that lost its last byte would become a dagger.",
        find_lost_closing_quotes,
        hits=(
            Hit("\xe2\u20ac\u0153Stop\xe2\u20ac he said.", "\xe2\u20ac\u0153Stop\xe2\u20ac\x9d he said."),
            Hit("\xe2\u20ac\u0153Stop\xe2\u20ac", "\xe2\u20ac\u0153Stop\xe2\u20ac\x9d"),
        ),
        misses=(
            Miss("\u201cStop\u201d he said."),
            Miss("\xe2\u20ac\u0153Stop\xe2\u20ac\x9d he said."),
            Miss("It costs 5 \xe2\u20ac a day."),
        ),
    ),
)
OF_FTFY = (
    BuiltinRule(
        "repair.entity",
        "safe",
        "An HTML entity in plain text was meant as the character that it names, also when escaped twice.",
        _of_ftfy("repair.entity"),
        hits=(
            Hit("Marks &amp; Spencer", "Marks & Spencer"),
            Hit("caf&eacute;", "caf\xe9"),
            Hit("It&#8217;s &amp;quot;late&amp;quot;", 'It\u2019s "late"'),
        ),
        misses=(
            Miss("R&D spending at AT&T; more later"),
            Miss("if a < b &amp; c: HTML source keeps its entities"),
            Miss("https://example.org/?a=1&copy=2"),
        ),
    ),
    BuiltinRule(
        "repair.mojibake",
        "safe",
        "Text that was decoded with the wrong encoding is unreadable; ftfy finds out and undoes it.",
        _of_ftfy("repair.mojibake"),
        hits=(
            Hit("It\xe2\u20ac\u2122s late", "It\u2019s late"),
            Hit("caf\xc3\xa9", "caf\xe9"),
            Hit("wait\x85", "wait\u2026"),
        ),
        misses=(
            Miss("Caf\xe9 \xc9lys\xe9e, \u201cvoil\xe0\u201d", "fr"),
            Miss("\xc9tat, \xc0 bient\xf4t", "fr"),
            Miss(
                "\u041e\u043d \u0441\u043a\u0430\u0437\u0430\u043b: \xab\u0420\u043e\u0441\xbb",
                "ru",
            ),
            Miss("20 \xb0C, \xa35, \u20ac7, \xa7 12"),
        ),
    ),
    BuiltinRule(
        "repair.ligature",
        "safe",
        "A ligature in one character comes from typesetting; searching for the word does not find it.",
        _of_ftfy("repair.ligature"),
        hits=(Hit("of\ufb01ce", "office"), Hit("a\ufb00air, \ufb02ood", "affair, flood")),
        misses=(Miss("\xc6sir and c\u0153ur"), Miss("office, flood"), Miss("Stra\xdfe", "de")),
    ),
    BuiltinRule(
        "repair.surrogate-pair",
        "safe",
        "Two surrogates that encode one character are that character.",
        _of_ftfy("repair.surrogate-pair"),
        hits=(Hit("smile \ud83d\ude00", "smile \U0001f600"),),
        misses=(Miss("smile \U0001f600"),),
    ),
    BuiltinRule(
        "repair.lone-surrogate",
        "safe",
        "Half a surrogate pair is no character and cannot be written as UTF-8.",
        _of_ftfy("repair.lone-surrogate"),
        hits=(Hit("half \ud83d of it", "half \ufffd of it"), Hit("half \ude00", "half \ufffd")),
        misses=(Miss("whole \U0001f600 of it"), Miss("lost \ufffd already")),
    ),
    BuiltinRule(
        "repair.terminal-escape",
        "safe",
        "Colour codes of a terminal are no text.",
        _of_ftfy("repair.terminal-escape"),
        hits=(Hit("\x1b[31mred\x1b[0m", "red"),),
        misses=(Miss("[31m] is a footnote"),),
    ),
    BuiltinRule(
        "repair.control",
        "safe",
        "Control characters, NUL and the byte order mark among them, show nothing and break programs.",
        _of_ftfy("repair.control"),
        hits=(Hit("a\x00b", "ab"), Hit("\ufeffStart", "Start"), Hit("bell\x07", "bell")),
        misses=(Miss("tab\tstays"), Miss("line\nstays"), Miss("^G and ^@ are text")),
    ),
)
AFTER_FTFY = (
    BuiltinRule(
        "repair.soft-hyphen",
        "safe",
        "A soft hyphen is a hint for line breaking; inside a word it hides the word from search.",
        find_soft_hyphens,
        hits=(Hit("demo\xadcracy", "democracy"), Hit("Donau\xaddampf\xadschiff", "Donaudampfschiff", "de")),
        misses=(Miss("demo-cracy"), Miss("a\u2010b"), Miss("pre-\nwar")),
    ),
    BuiltinRule(
        "repair.zero-width",
        "safe",
        "A zero-width space or word joiner in a script with spaces hides the word from search.",
        find_blanks,
        hits=(Hit("Mos\u200bcow", "Moscow"), Hit("The\u2060 end", "The end")),
        misses=(
            Miss("\u0e01\u0e32\u0e23\u200b\u0e1b\u0e23\u0e30\u0e0a\u0e38\u0e21", "th"),
            Miss("\u1780\u200b\u1781", "km"),
            Miss("Moscow"),
        ),
    ),
    BuiltinRule(
        "repair.joiner",
        "safe",
        "Joiners mean something in Arabic, Indic scripts and emoji, and nothing between Latin letters.",
        find_joiners,
        hits=(Hit("Auf\u200clage", "Auflage", "de"), Hit("a\u200db", "ab")),
        misses=(
            Miss("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "fa"),
            Miss("\u0915\u094d\u200d\u0937", "hi"),
            Miss("family \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ),
    ),
    BuiltinRule(
        "repair.directional-mark",
        "safe",
        "A directional mark in a line without right-to-left letters does nothing.",
        find_directional_marks,
        hits=(Hit("\u200eHello", "Hello"), Hit("a\u202ab\u202c", "ab")),
        misses=(
            Miss("\u200f\u0627\u0644\u0633\u0644\u0627\u0645 (ABC)\u200f", "ar"),
            Miss("\u05e9\u05dc\u05d5\u05dd \u200eABC", "he"),
            Miss("Hello"),
        ),
    ),
    BuiltinRule(
        "repair.homoglyph",
        "safe",
        "A foreign letter that looks like a Latin one hides the word from search and from every other rule.",
        find_homoglyphs,
        hits=(
            Hit("\u0421easefire would leave the line", "Ceasefire would leave the line"),
            Hit("the g\u043evernment said", "the government said"),
            Hit("the \u03bfffice said", "the office said"),
        ),
        misses=(
            Miss(
                "\u041e\u0442\u043f\u0440\u0430\u0432\u0438\u043b SMS\u043a\u0443",
                "ru",
            ),
            Miss("levels of TNF\u03b1 and IFN\u03b3 rose"),
            Miss("\u0395\u03bb\u03bb\u03ac\u03b4\u03b1 and Greece", "el"),
            Miss("\u0430 pure word: \u0441\u043e\u0440"),
            Miss("\u041c\u043e\u0441\u043a\u0432\u0430 and Moscow", "ru"),
            Miss("\u0421a X", "sr"),
        ),
    ),
    BuiltinRule(
        "repair.lost-apostrophe",
        "safe",
        "Where a converter lost an apostrophe, the contraction around it tells what stood there.",
        find_lost_apostrophes,
        hits=(
            Hit("It?s late and they don?t care", "It\u2019s late and they don\u2019t care"),
            Hit("We don\ufffdt know", "We don\u2019t know"),
            Hit("China\ufffds plan", "China\u2019s plan"),
            Hit("l\ufffdeau", "l\u2019eau", "fr"),
        ),
        misses=(
            Miss("Is it?so they asked"),
            Miss("https://example.org/it?s=1"),
            Miss("Really? They don't care."),
            Miss('const title = "it?s";'),
            Miss("showTitle(it?s, isReady)"),
            Miss("type Row = { it?s: number }"),
            Miss('print "it?s" ;'),
            Miss("user?.name and item?s list"),
            Miss("M\ufffdnchen", "de"),
            Miss("a na\ufffdve plan, the premi\ufffdre, Heinrich B\ufffdll and his p\ufffdre"),
            Miss("the caf\ufffds and clich\ufffds of Andr\ufffds and Jes\ufffds"),
            Miss("the caf?s and clich?s of old"),
        ),
    ),
    BuiltinRule(
        "repair.lost-quote",
        "safe",
        "Where a converter lost one mark of a double quotation, the other tells what stood there.",
        find_lost_quotes,
        hits=(
            Hit("\u201cStop,\ufffd he said.", "\u201cStop,\u201d he said."),
            Hit("He said \ufffdstop now.\u201d", "He said \u201cstop now.\u201d"),
        ),
        misses=(
            Miss("\u201cM\ufffdnchen\u201d, he said.", "de"),
            Miss("\u201cThe caf\ufffd is shut,\u201d he said."),
            Miss("\u201cWe sat in a caf\ufffd all day.\n\n\u201cThen we left.\u201d"),
            Miss("\u201cI met \ufffdmile Zola there,\u201d he said."),
            Miss("He said \ufffdstop\ufffd."),
            Miss("\u201cStop,\u201d he said. \ufffd And left."),
        ),
    ),
    BuiltinRule(
        "repair.line-end-hyphen",
        "safe",
        "A soft hyphen at a line end marks a word that was cut in two.",
        find_line_end_hyphens,
        hits=(Hit("demo\xad\ncracy", "democracy"), Hit("Donau\xad\n  dampfschiff", "Donaudampfschiff", "de")),
        misses=(
            Miss("a long-\nterm plan"),
            Miss("The govern-\nment fell. A government fell."),
            Miss("Anglo\xad\nSaxon"),
        ),
    ),
)
HINTS = (
    BuiltinRule(
        "repair.quoted-mojibake",
        "hint",
        "In a line about encodings what looks like wrongly decoded text is an example of it.",
        ftfy_rules.find_quoted_mojibake,
        hits=(
            Hit(
                "In the wrong encoding caf\xc3\xa9 is shown.",
                "In the wrong encoding caf\xe9 is shown.",
            ),
            Hit("UTF-8 read as Latin-1: \xe2\u20ac\u2122", "UTF-8 read as Latin-1: \u2019"),
        ),
        misses=(
            Miss("The caf\xc3\xa9 is shut."),
            Miss("In the wrong encoding a caf\xe9 is a caf\xe9."),
            Miss("UTF-8 is an encoding."),
        ),
    ),
    BuiltinRule(
        "repair.mixed-alphabets",
        "hint",
        "A word of two alphabets that look alike: which one was meant cannot be told for sure.",
        find_mixed_alphabets,
        hits=(
            Hit(
                "\u0432 M\u043e\u0441\u043a\u0432\u0435 \u0431\u044b\u043b\u043e \u0442\u0438\u0445\u043e",
                "\u0432 \u041c\u043e\u0441\u043a\u0432\u0435 \u0431\u044b\u043b\u043e \u0442\u0438\u0445\u043e",
                "ru",
            ),
        ),
        misses=(Miss("Moscow and \u041c\u043e\u0441\u043a\u0432\u0430", "ru"), Miss("levels of TNF\u03b1")),
    ),
    BuiltinRule(
        "repair.lost-character",
        "hint",
        "A replacement character stands where a converter lost a character that nothing brings back.",
        find_lost_characters,
        hits=(Hit("M\ufffdnchen", "M\ufffdnchen", "de"),),
        misses=(Miss("M\xfcnchen", "de"), Miss("What? No.")),
    ),
)
REPAIR_RULES = (*BEFORE_FTFY, *OF_FTFY, *AFTER_FTFY, *HINTS)

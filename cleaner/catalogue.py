"""All rules that are written in code, to be listed, shown, tested and switched off like those of packs."""

from collections import Counter

from cleaner.core.document import Context, Language, Stage
from cleaner.core.edits import Edit
from cleaner.core.text import split_lines
from cleaner.sources.language import find_foreign
from cleaner.stages.builtin import BuiltinRule, Find, Hit, Miss
from cleaner.stages.decided import (
    DOCUMENT_FLAG,
    QUOTATION_RULE,
    REPETITION_RULE,
    DecidedStage,
    Decision,
    LineRemoval,
)
from cleaner.stages.dedupe import EXACT_RULE, NEAR_RULE, TITLE_RULE, DedupeStage
from cleaner.stages.extract import EVIDENCE_RULE, EXTRACTOR_RULES, ExtractStage
from cleaner.stages.layout import LayoutStage
from cleaner.stages.normalise import FOREIGN_RULE, NORMALISE_RULES, NormaliseStage
from cleaner.stages.rejoin import RejoinStage
from cleaner.stages.rejoin.hyphens import (
    COMPOUND_RULE,
    UNCLEAR_RULE,
    WORD_RULE,
    collect_words,
    find_breaks,
    mend,
)
from cleaner.stages.repair.rules import REPAIR_RULES
from cleaner.stages.scorer import RULE, Scorer, write_findings

_STORY = "The council met on Tuesday and voted, by nine to four, to close the old bath."


def _acts_in(stage: Stage, rule_id: str) -> Find:
    """What one rule of a stage does in a text, for its cases."""

    def find(text: str, context: Context) -> list[Edit]:
        return [edit for edit in stage(text, context).edits if edit.causes[0].rule == rule_id]

    return find


def _rule(stage: Stage, id: str, why: str, hits: tuple[Hit, ...], misses: tuple[Miss, ...]) -> BuiltinRule:
    return BuiltinRule(id, "safe", why, _acts_in(stage, id), hits, misses)


REJOIN_RULES = (
    _rule(
        RejoinStage(),
        "rejoin.broken-sentence",
        "A sentence that a scraper broke at a link or an italic goes on in the next line.",
        (),
        (Miss("The minister flew home.\nThe capital was calm."), Miss("Results\nThe council voted.")),
    ),
    _rule(
        RejoinStage(),
        "rejoin.inline-fragment",
        "A word or a mark that stood in a tag of its own stands on a line of its own.",
        (Hit("The minister said so\n, as always.", "The minister said so, as always."),),
        (Miss("The minister said so.\n\u2022 as always"), Miss("One\nTwo\nThree")),
    ),
    _rule(
        RejoinStage(),
        "rejoin.fixed-width",
        "Lines of an e-mail, a PDF or a text browser are wrapped at a fixed width.",
        (),
        (Miss(f"{_STORY}\n{_STORY}\n{_STORY}"),),
    ),
    _rule(
        RejoinStage(),
        "rejoin.hyphen",
        "A word is broken at the end of a line, and the document has it whole elsewhere.",
        (),
        (Miss("The well-\nknown minister spoke."),),
    ),
)

DEDUPE_RULES = (
    _rule(
        DedupeStage(),
        TITLE_RULE,
        "The title stands twice above the article.",
        (
            Hit(
                f"Town closes old bath\n\nTown closes old bath\n\n{_STORY}",
                f"Town closes old bath\n\n\n{_STORY}",
            ),
        ),
        (Miss("Yes.\n\nYes.\n\nHe said no more."), Miss(f"Town closes old bath\n\n{_STORY}")),
    ),
    _rule(
        DedupeStage(),
        EXACT_RULE,
        "A paragraph of eight words or more stands again, letter for letter once folded.",
        (Hit(f"Bath closes\n{_STORY}\nNobody came.\n{_STORY}", f"Bath closes\n{_STORY}\nNobody came.\n"),),
        (Miss("La la la.\nNobody was there.\nLa la la."),),
    ),
    _rule(
        DedupeStage(),
        NEAR_RULE,
        "A paragraph stands again in nearly the same words and states the same facts.",
        (),
        (
            Miss(f"{_STORY}\n{_STORY.replace('nine', 'eight')}"),
            Miss(f"{_STORY}\n{_STORY.replace('to close', 'not to close')}"),
        ),
    ),
)


# They act on pages of HTML only, and a text is none; what they do with pages is tested with pages.
EXTRACT_RULES = (
    *(
        _rule(
            ExtractStage(None),
            id,
            f"A block of a page of HTML that {extractor} did not take for a part of the article.",
            (),
            (Miss(_STORY), Miss(f"<nav>Home</nav>\n<p>{_STORY}</p>")),
        )
        for extractor, id in EXTRACTOR_RULES.items()
    ),
    _rule(
        ExtractStage(None),
        EVIDENCE_RULE,
        "A block of a page of HTML that the extractor took, while its text and markup say that it is no article text.",
        (),
        (Miss(_STORY), Miss("<p>Related stories</p>")),
    ),
)

_LETTER = "Sign up for our letter of the day"
_DECIDED = DecidedStage(Decision((LineRemoval(2, REPETITION_RULE, {"site": "example.org"}),)))

_OTHERS = ("The government re-elected today the mayor of Haupt-und.", "An ice-cream and an icecream, online.")


def _mends(rule_id: str) -> Find:
    """What one rule makes of broken words where the rest of the corpus is two short documents."""

    def find(text: str, _: Context) -> list[Edit]:
        counts = Counter(word for other in _OTHERS for word in collect_words(other))
        mended = mend(find_breaks(text), counts)
        return [edit for edit in (*mended.edits, *mended.hints) if edit.causes[0].rule == rule_id]

    return find


_ABROAD = (
    "Le conseil municipal s\u2019est r\xe9uni mardi soir pour d\xe9cider si le vieux pont doit \xeatre ferm\xe9 aux "
    "camions ; les habitants de la rive nord ne sont pas contents de ce vote."
)


def _finds_foreign(text: str, context: Context) -> list[Edit]:
    """Hints at the paragraphs that are in another language than ``context`` says of the text."""
    foreign = find_foreign(text, Language(context.language, 1.0))
    found = NormaliseStage()(text, Context(context.language, foreign=foreign))
    return [hint for hint in found.hints if hint.causes[0].rule == FOREIGN_RULE]


LANGUAGE_RULES = (
    BuiltinRule(
        FOREIGN_RULE,
        "hint",
        "A paragraph in another language than its document; rules of its own language hold there.",
        _finds_foreign,
        (Hit(f"{_STORY}\n{_ABROAD}\n{_STORY}\n{_STORY}", f"{_STORY}\n{_ABROAD}\n{_STORY}\n{_STORY}"),),
        (
            Miss(f"{_STORY}\n{_STORY}\n{_STORY}"),
            Miss(f"{_ABROAD}\n{_ABROAD}", "fr"),
            Miss(f"{_STORY}\nC\u2019est la vie, dit-il.\n{_STORY}"),
        ),
    ),
)

# What only a second phase over a corpus finds: its decision stands here for the other documents.
CORPUS_RULES = (
    _rule(
        _DECIDED,
        REPETITION_RULE,
        "The line recurs over many documents of its site (with --dedupe corpus).",
        (Hit(f"{_STORY}\n{_LETTER}", _STORY),),
        (Miss(_STORY),),
    ),
    BuiltinRule(
        QUOTATION_RULE,
        "hint",
        "Another document of the corpus has the same quotation in other words (with --dedupe corpus).",
        _acts_in(_DECIDED, QUOTATION_RULE),
        (),
        (Miss(_STORY),),
    ),
    BuiltinRule(
        WORD_RULE,
        "safe",
        "A word is broken at a line's end, and other documents have it whole (with --dedupe corpus).",
        _mends(WORD_RULE),
        (
            Hit("The govern-\nment fell.", "The government fell."),
            Hit("He went on-\n  line.", "He went online."),
        ),
        (
            Miss("The har-\nbour was shut."),
            Miss("The govern-\n\nment fell."),
            Miss("The govern-\nMent fell."),
            Miss("In day-to-\nday work"),
            Miss("example.org/govern-\nment"),
            Miss("Haupt-\nund Nebenwege", "de"),
        ),
    ),
    BuiltinRule(
        COMPOUND_RULE,
        "safe",
        "A compound is broken at its hyphen, and other documents have it whole (with --dedupe corpus).",
        _mends(COMPOUND_RULE),
        (Hit("The re-\nelected mayor", "The re-elected mayor"),),
        (
            Miss("Anglo-\nSaxon poems"),
            Miss("Haupt-\nund Nebenwege", "de"),
            Miss("pre-\nand post-war towns"),
        ),
    ),
    BuiltinRule(
        UNCLEAR_RULE,
        "hint",
        "A word is broken at its hyphen, and other documents write it in both ways (with --dedupe corpus).",
        _mends(UNCLEAR_RULE),
        (Hit("An ice-\ncream van", "An ice-cream van"),),
        (Miss("an Ice-\nCream van"), Miss("The govern-\nment fell.")),
    ),
    BuiltinRule(
        DOCUMENT_FLAG,
        "hint",
        "Nearly all of the document stands in others: a flag, or left out with --drop-duplicate-documents.",
        _acts_in(_DECIDED, DOCUMENT_FLAG),
        (),
        (Miss(_STORY),),
    ),
)


def _score(text: str, context: Context) -> list[Edit]:
    from cleaner.weights import load_weights

    return list(write_findings(text, Scorer(load_weights()).assess(split_lines(text))).edits)


SCORER_RULES = (
    BuiltinRule(
        RULE,
        "safe",
        "A learned judge of lines finds boilerplate on sites that nobody wrote rules for.",
        _score,
        (),
        (Miss(f"Bath closes\n\n{_STORY}\n\n{_STORY.replace('bath', 'hall')}"), Miss(_STORY), Miss("")),
    ),
)

LAYOUT_RULES = (
    _rule(
        LayoutStage(),
        "layout.edges",
        "Blank lines before the first and after the last line with text.",
        (Hit("\n\nThe story.\n", "The story.\n"), Hit("The story.\n\n\n", "The story.\n")),
        (Miss("The story.\n"), Miss("  An indented line.\n"), Miss("One.\n\nTwo.\n")),
    ),
    _rule(
        LayoutStage(),
        "layout.line-end",
        "Spaces and tabs at the end of a line.",
        (Hit("One. \t\nTwo.\n", "One.\nTwo.\n"),),
        (Miss("One. Two.\n"), Miss("\tOne.\n")),
    ),
    _rule(
        LayoutStage(),
        "layout.blank-lines",
        "More than one blank line between two lines with text.",
        (Hit("One.\n\n\n\nTwo.\n", "One.\n\nTwo.\n"),),
        (Miss("One.\n\nTwo.\n"), Miss("One.\nTwo.\n")),
    ),
    _rule(
        LayoutStage(),
        "layout.final-break",
        "The last line ends with a line break.",
        (Hit("The story.", "The story.\n"),),
        (Miss("The story.\n"), Miss("")),
    ),
)

BUILTIN_RULES: tuple[BuiltinRule, ...] = (
    *EXTRACT_RULES,
    *REPAIR_RULES,
    *REJOIN_RULES,
    *SCORER_RULES,
    *DEDUPE_RULES,
    *CORPUS_RULES,
    *LANGUAGE_RULES,
    *NORMALISE_RULES,
    *LAYOUT_RULES,
)

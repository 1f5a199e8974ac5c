"""The hint rules of the stage normalise: what a person should look at, with reasons and cases."""

from cleaner.stages.builtin import BuiltinRule, Hit, Miss
from cleaner.stages.normalise import translation
from cleaner.stages.normalise.consistency import find_mixed_honorifics, find_mixed_spellings
from cleaner.stages.normalise.quotes import find_marks_outside_quotes, find_unbalanced_quotes

_ENGLISH = frozenset({"en"})


def _as_it_stands(*texts: str) -> tuple[Hit, ...]:
    """Hits that propose nothing."""
    return tuple(Hit(text, text) for text in texts)


HINTS = (
    BuiltinRule(
        "translation.pronoun-for-country",
        "hint",
        "Languages with genders call a country or its capital she; English does not any more.",
        translation.find_pronouns_for_places,
        hits=_as_it_stands(
            "Moscow denies the charge and says it is absurd. She opened an inquiry.",
            "Poland closed the crossing on Friday. She rejected all complaints.",
        ),
        misses=(
            Miss("Moscow denies the charge. It opened an inquiry."),
            Miss("Poland sent Anna Nowak to the talks. She rejected all complaints."),
            Miss("The minister left early. She rejected all complaints."),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.doubled-verb",
        "hint",
        "A verb stands both where English and where the other language has it.",
        translation.find_doubled_verbs,
        hits=_as_it_stands(
            "no matter how they came to office came or left", "the plan that brings the town brings, too"
        ),
        misses=(
            Miss("He came when she came, and they left."),
            Miss("They went home and went to bed."),
            Miss("What he gave is what she gave."),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.dangling-auxiliary",
        "hint",
        "An auxiliary was left at the end of a sentence, where the other language has it.",
        translation.find_dangling_auxiliaries,
        hits=_as_it_stands("He told it in letters to voters has.", "The mayor spoke of the bridge was."),
        misses=(
            Miss("They know more than most of the voters have."),
            Miss("Nobody asked what it was."),
            Miss("She has spoken to voters."),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.verb-final",
        "hint",
        "A verb stands behind its object and before its subject.",
        translation.find_final_verbs,
        hits=_as_it_stands("He keeps peace by moving other towns in line brings Norway."),
        misses=(
            Miss("He keeps peace by moving other towns in line with Norway."),
            Miss("The road that leads by parking lots also takes traffic."),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.article-before-name",
        "hint",
        "English has no article before the name of a country or person that acts.",
        translation.find_articles_before_names,
        hits=_as_it_stands("the town that the Finland had called small"),
        misses=(
            Miss("the Finland office had closed"),
            Miss("the China that was once poor".replace("that was", "of old, which was")),
            Miss("The Netherlands had called."),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.clause-as-attribute",
        "hint",
        "A whole clause stands where English has an attribute.",
        translation.find_two_articles,
        hits=_as_it_stands("in the shadow of an EU issued a warning for banks"),
        misses=(Miss("The EU issued a warning.".replace("The EU", "Brussels")), Miss("an EU-issued warning")),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.bare-initial",
        "hint",
        "American English writes a middle initial with a full stop.",
        translation.find_bare_initials,
        hits=(Hit("Senator Harold K Winter spoke.", "Senator Harold K. Winter spoke."),),
        misses=(
            Miss("Senator Harold K. Winter spoke."),
            Miss("Malcolm X Day"),
            Miss("Vitamin C Foods, Group B England, Hepatitis B Vaccines"),
            Miss("Then I Went Home"),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.heading-grammar",
        "hint",
        "A heading with an uninflected verb was put word for word.",
        translation.find_odd_headings,
        hits=_as_it_stands("OSLO BE PATIENT"),
        misses=(Miss("OSLO IS PATIENT"), Miss("TO BE DECIDED"), Miss("Oslo will be patient")),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.stray-attribution",
        "hint",
        "An attribution hangs behind a sentence that quotes nobody.",
        translation.find_stray_attributions,
        hits=_as_it_stands(
            "The mayor said so. The council said no. She asked for the children to be sent home, he says."
        ),
        misses=(
            Miss("The mayor said so. The council said no. \u201cSend them home, please\u201d, he says."),
            Miss("It is time, he says."),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.quote-balance",
        "hint",
        "A quotation that opens twice or never closes puts words in the wrong mouth.",
        find_unbalanced_quotes,
        hits=_as_it_stands(
            "He warned: \u201cThey could wait \u201cand then start again.\u201d",
            "They left\u201d without a word.",
            "He said \u201cgo on.\n\nThe rain fell.",
        ),
        misses=(
            Miss("He said \u201cgo on.\n\n\u201cAnd do not stop,\u201d he added."),
            Miss("\u201cOne,\u201d he said, \u201cor two.\u201d"),
            Miss('"Straight" marks are not judged.'),
            Miss('\u201cYes,\u201d he said. "They come,\u201d said Lund. \u201cOr not" was all.'),
            Miss("\u201cHe called it the \u201cgreat harbour\u201d of the north,\u201d she said."),
            Miss("The wheel is 8\u201d wide and its rim 10\u201d. \u201cToo wide,\u201d he said."),
            Miss("The sign says: \u201dShut.\u201d He read it: \u201dShut.\u201d"),
            Miss("\u201cSimple, straightforward,\nand strong\u201d\n\u201cThe best of\nall maps\u201d"),
            Miss("Town warned of \u201cgreat ...\nOthers said \u201cno.\u201d"),
            Miss("[video id=\u201dab\u201d title=\u201dThe ferry]\n\u201cIt sails,\u201d he said."),
            Miss("\u201cEvil Dead 2\u2033 and \u201cJaws\u201d"),
            Miss("\u201cThe sea is cold.\n\nThe sea is deep.\n\nNobody swims in it.\u201d"),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "translation.mark-outside-quote",
        "hint",
        "A text that puts full stops inside quotations elsewhere was put together from two hands.",
        find_marks_outside_quotes,
        hits=(
            Hit(
                "\u201cYes.\u201d \u201cNo.\u201d \u201cSo.\u201d He called it \u201cfine\u201d.",
                "\u201cYes.\u201d \u201cNo.\u201d \u201cSo.\u201d He called it \u201cfine.\u201d",
            ),
        ),
        misses=(
            Miss("He called it \u201cfine\u201d. She called it \u201cbad\u201d."),
            Miss("\u201cYes.\u201d He called it \u201cfine.\u201d"),
        ),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "consistency.honorific",
        "hint",
        "Mr and Mr. in one text come from two hands; the rarer form is marked.",
        find_mixed_honorifics,
        hits=(Hit("Mr. Holt met Mr. Lund. Mr Berg was late.", "Mr. Holt met Mr. Lund. Mr. Berg was late."),),
        misses=(Miss("Mr Holt met Mr Lund."), Miss("Mr. Holt met Mr. Lund."), Miss("Dr Holt met Mr. Lund.")),
        languages=_ENGLISH,
    ),
    BuiltinRule(
        "consistency.spelling",
        "hint",
        "Two spellings of one name or word in one text: one of them is marked. A profile settles it.",
        find_mixed_spellings,
        hits=(
            Hit("Kyiv and Kyiv again, then Kiev", "Kyiv and Kyiv again, then Kyiv"),
            Hit("Ceasefire talks; a cease-fire", "Ceasefire talks; a ceasefire"),
        ),
        misses=(
            Miss("Kiev and Kiev again"),
            Miss("Kyiv and the \u201cKiev\u201d of the quotation"),
            Miss("Yuri Holm and Yurii Poita are two people"),
        ),
    ),
)

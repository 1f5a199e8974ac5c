"""The built-in rules of the stage normalise, in order, each with its reason and its cases."""

from cleaner.stages.builtin import BuiltinRule, Hit, Miss
from cleaner.stages.normalise.doubling import find_doubled_words
from cleaner.stages.normalise.form import find_decomposed
from cleaner.stages.normalise.spacing import find_doubled_spaces, find_spaces_before_punctuation

SAFE = (
    BuiltinRule(
        "normalise.nfc",
        "safe",
        "The same letter in two encodings is two words to a search; the composed form is the usual one.",
        find_decomposed,
        hits=(Hit("cafe\u0301", "caf\xe9"), Hit("5 \u212b", "5 \xc5"), Hit("A\u030angstrom", "\xc5ngstrom")),
        misses=(Miss("caf\xe9"), Miss("x\u0301 has no composed form"), Miss("10\xb3 and \u2460 stay")),
    ),
    BuiltinRule(
        "normalise.doubled-word",
        "safe",
        "Some small words are never right twice in a row.",
        find_doubled_words,
        hits=(
            Hit("in the the end", "in the end"),
            Hit("one of of them", "one of them"),
            Hit("Tag und und Nacht", "Tag und Nacht", "de"),
        ),
        misses=(
            Miss("He said that that was all he had had."),
            Miss("The The played on."),
            Miss("Die, die die Frau sahen", "de"),
            Miss("nous nous sommes vus", "fr"),
            Miss("dat het het waard is", "nl"),
            Miss("what it is made of of course"),
        ),
    ),
    BuiltinRule(
        "normalise.space-before-punctuation",
        "safe",
        "Translators and link removers leave a space before a full stop or comma.",
        find_spaces_before_punctuation,
        hits=(
            Hit("said the news agency .", "said the news agency."),
            Hit("On Monday , he left.", "On Monday, he left."),
            Hit("Really ? Yes.", "Really? Yes."),
            Hit("Truce , he said , held .", "Truce, he said, held."),
            Hit("sagte er .", "sagte er.", "de"),
        ),
        misses=(
            Miss("Vraiment ? Oui !", "fr"),
            Miss("and then . . . nothing"),
            Miss("a face :) and a .NET file"),
            Miss("the big day ;) or not"),
            Miss("if (a) { b ; }"),
            Miss("Home . News . Sport"),
            Miss("Home . News . Sport , Weather , Travel . Jobs", "fr"),
            Miss("Wirklich ?", "de"),
            Miss("map foo . bar over the list"),
            Miss('print "a , b" ;'),
            Miss("call f(a , b)"),
            Miss("a wink ; ) or ! ( both"),
        ),
    ),
    BuiltinRule(
        "normalise.spaces",
        "safe",
        "Two spaces between words mean nothing; three or a tab may be a table.",
        find_doubled_spaces,
        hits=(
            Hit("One.  Two.", "One. Two."),
            Hit("It is  late.\nThey left.", "It is late.\nThey left."),
        ),
        misses=(
            Miss("Arsenal   2   1"),
            Miss("| 1 |  2 |"),
            Miss("  indented"),
            Miss("trailing  "),
            Miss("Hull  2\nYork  1"),
            Miss("Bright was the  hall of the king\nLong was the  night of the guests"),
        ),
    ),
)

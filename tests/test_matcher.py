"""What rules match, and what they leave alone."""

import tomllib

import pytest

from cleaner import Cleaner
from cleaner.core.document import Context
from cleaner.core.matcher import Matcher
from cleaner.core.matcher.quotations import is_quoted, is_spoken
from cleaner.core.text import split_lines
from cleaner.packs import load_packs

HEAD = '[pack]\nname = "t"\nversion = "1.0.0"\n'


@pytest.fixture
def removed(tmp_path):
    """The lines or parts that a rule, given as TOML without id, why and examples, takes from a text."""

    def find(toml, text, **context):
        path = tmp_path / "t.toml"
        rule = f'[[rule]]\nid = "ad.t"\nwhy = "t"\n{toml}\nhits = ["h"]\nmisses = ["m"]\n'
        tomllib.loads(HEAD + rule)
        path.write_text(HEAD + rule, encoding="utf-8")
        (pack,) = load_packs([str(path)])
        hits = Matcher(pack.rules).find(text, split_lines(text), Context(**context))
        return [text[hit.start : hit.end] for hit in hits]

    return find


LINE = 'scope = "line"\nlines = ["share via"]'


def test_whole_lines_are_compared_folded(removed):
    assert removed(LINE, "SHARE\u00a0via:\nThe story.") == ["SHARE\u00a0via:\n"]


def test_a_part_of_a_line_is_not_a_line(removed):
    assert removed(LINE, "Share via the app is new.") == []


@pytest.mark.parametrize(
    ("guard", "text", "count"),
    [
        ("within_first = 2", "a\nshare via", 1),
        ("within_first = 2", "a\nb\nshare via", 0),
        ("within_last = 1", "share via\na", 0),
        ("within_last = 1", "a\nshare via", 1),
        ("after_fraction = 0.5", "share via\na\nb\nc", 0),
        ("after_fraction = 0.5", "a\nb\nshare via\nc", 1),
        ('next_to = ["clock-time"]', "11:14 PM\n\nshare via", 1),
        ('next_to = ["clock-time"]', "eleven\n\nshare via", 0),
        ('next_to = ["print"]', "share via\nPrint", 1),
        ("not_regex = '''[A-Z]'''\ncase = true", "Share via", 0),
        ("min_words = 3", "share via", 0),
    ],
)
def test_guards(removed, guard, text, count):
    assert len(removed(f"{LINE}\n{guard}", text)) == count


def test_a_line_regex_must_match_the_whole_line(removed):
    rule = "scope = \"line\"\nregex = '''more on .+'''\nmax_words = 6"
    assert removed(rule, "More on the war") == ["More on the war"]
    assert removed(rule, "There is more on the war") == []
    assert removed(rule, "More on the war than anybody in the room had expected") == []


def test_a_run_needs_its_length(removed):
    rule = 'scope = "block"\nlines = ["facebook", "twitter", "email"]\nmin_run = 2'
    assert removed(rule, "Text.\nFacebook\n\nEmail\nText.") == ["Facebook\n\nEmail\n"]
    assert removed(rule, "Text.\nFacebook\nText.") == []


def test_lines_above_an_anchor_are_taken_only_when_set_off(removed):
    rule = (
        "scope = \"block\"\naction = \"capture\"\nfield = \"credits\"\ncase = true\nregex = '''\\([A-Z].+ / AP\\)'''\n"
        'above = { shape = "blurb", max = 2, field = "captions" }'
    )
    assert removed(rule, "Prose.\n\nA man waves at us.\n(Jo Do / AP)\n\nProse.") == [
        "A man waves at us.\n(Jo Do / AP)\n"
    ]
    assert removed(rule, "Prose is here.\nMore of it here.\nStill more here.\n(Jo Do / AP)") == [
        "(Jo Do / AP)"
    ]


FEED = 'scope = "section"\nstart = ["news feed"]\nuntil = ["more news"]\nrequires = { shape = "clock-time", min = 2, every = 4 }'


def test_a_section_ends_with_its_end(removed):
    text = "Text.\nNews Feed\n11:14 PM\nOne thing.\n3:38 PM\nAnother.\nMore news\nText."
    assert removed(FEED, text) == ["News Feed\n11:14 PM\nOne thing.\n3:38 PM\nAnother.\nMore news\n"]


@pytest.mark.parametrize(
    "text",
    [
        "News Feed\n11:14 PM\nOne thing.\nMore news",
        "News Feed\n11:14 PM\nOne.\n3:38 PM\nTwo.",
        "News Feed\n11:14 PM\na\nb\nc\nd\ne\n3:38 PM\nTwo.\nMore news",
    ],
    ids=["too few times", "no end", "prose between the times"],
)
def test_a_section_without_its_proof_stays(removed, text):
    assert removed(FEED, text) == []


INLINE = 'scope = "span"\ninline = ["Story continues below advertisement"]'


def test_a_phrase_is_cut_out_of_prose(removed):
    text = "He left. Story continues below advertisement The win came late."
    assert removed(INLINE, text) == ["Story continues below advertisement "]


@pytest.mark.parametrize(
    "text",
    [
        'The label "Story continues below advertisement" irritates readers.',
        "He said: \u201cStory continues below advertisement\u201d and laughed.",
        "On phones the story continues below advertisement blocks.",
        "Story continues below advertisement blocks on phones.",
    ],
)
def test_a_phrase_that_is_the_story_stays(removed, text):
    assert removed(INLINE, text) == []


def test_a_sentence_is_cut_out_of_a_long_line(removed):
    rule = "scope = \"sentence\"\nregex = '''sign up for our newsletter[^.]*\\.'''"
    text = "The vote is over. Sign up for our newsletter here. Nobody won."
    assert removed(rule, text) == ["Sign up for our newsletter here. "]
    assert removed(rule, "He said: \u201cSign up for our newsletter now.\u201d Nobody did.") == []


def test_a_line_of_labels_is_cruft_a_headline_with_labels_is_not():
    cleaner = Cleaner.load()
    text = "Become a member Support us just once\n\nThe club asked people to become a member on Friday.\n"
    assert cleaner.clean(text, language="en").text == "The club asked people to become a member on Friday.\n"
    assert cleaner.clean("Become a member of the club\n\nIt is easy.\n", language="en").text.startswith(
        "Become"
    )


def test_site_packs_need_their_site(removed):
    rule = f'{LINE}\nsites = ["example.org"]'
    assert removed(rule, "Share via") == ["Share via"], "the matcher trusts whoever chose the rules"


@pytest.mark.parametrize(
    ("text", "part", "quoted"),
    [
        ('He said "Share via" twice.', "Share via", True),
        ('He said "no". Share via. She said "yes".', "Share via", False),
        ("\u201eShare via\u201c, sagte er.", "Share via", True),
        ("\u00abShare via\u00bb, dit-il.", "Share via", True),
        ("It's on. Share via", "Share via", False),
        ("\u201cA\u201d Share via \u201cB\u201d", "Share via", False),
    ],
)
def test_quotations_are_known(text, part, quoted):
    start = text.index(part)
    assert is_quoted(text, start, start + len(part)) is quoted


def naive_line_hits(rules, text):
    """What line rules without guards say, found the slow way: every pattern on every line."""
    found = set()
    for number, line in enumerate(split_lines(text)):
        for rule in rules:
            if line.key in rule.lines or any(pattern.fullmatch(line.text.strip()) for pattern in rule.regex):
                found.add((rule.id, number))
    return found


def test_the_layers_lose_nothing_that_plain_matching_finds():
    rules = [
        rule
        for pack in load_packs()
        for rule in pack.rules
        if rule.scope == "line"
        and not rule.shape
        and not rule.next_to
        and rule.not_regex is None
        and rule.min_words is None
        and (rule.within_first, rule.within_last, rule.after_fraction) == (None, None, None)
    ]
    examples = [
        example.text for pack in load_packs() for rule in pack.rules for example in (*rule.hits, *rule.misses)
    ]
    lines = [line for text in examples for line in text.split("\n")]
    lines += [line.upper() for line in lines] + [f"  {line}\u00a0" for line in lines]
    # a sentence between them: what is a fragment beside its neighbours is not the question here
    text = "\nThe bridge stays closed.\n".join(
        line for line in lines if line.strip() and len(line) < 200 and not is_spoken(line)
    )
    matcher = Matcher(rules)
    hits = {
        (hit.rule.id, hit.first)
        for hit in matcher.find(text, split_lines(text), Context())
        if "labels" not in (hit.detail or {})
    }
    expected = naive_line_hits(rules, text)
    long = {pair for pair in expected - hits if len(split_lines(text)[pair[1]].text.split()) > 15}
    assert hits <= expected
    assert expected - hits <= long, "only the limit on words may stand between them"
    assert len(hits) > len(rules)

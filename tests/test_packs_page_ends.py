"""The end of a page: what stands behind an article goes, in any language; the end of the story stays."""

import pytest

from cleaner import Cleaner

STORIES = {
    "en": (
        "The council met for three hours on Tuesday and voted, by nine to four, to close the old bath "
        "in the north of the town.\n"
        "Swimmers had gathered in front of the hall since the morning, and some had brought their "
        "children along to protest there.\n"
        "The mayor said that he understood their anger but that the roof would not hold another winter, "
        "as engineers had written.\n"
        "The pool opened in 1931 and has been repaired twice since then, the last time after the flood "
        "that took the lower bridge."
    ),
    "de": (
        "Der Stadtrat tagte am Dienstag drei Stunden lang und beschloss mit neun zu vier Stimmen, das "
        "alte Bad im Norden der Stadt zu schließen.\n"
        "Schwimmer hatten sich seit dem Morgen vor der Halle versammelt, und einige hatten ihre Kinder "
        "mitgebracht, um dort gemeinsam zu protestieren.\n"
        "Der Bürgermeister sagte, er verstehe den Ärger, aber das Dach halte keinen weiteren Winter "
        "aus, wie es die Ingenieure geschrieben hätten.\n"
        "Das Bad wurde 1931 eröffnet und seither zweimal ausgebessert, zuletzt nach der Flut, die auch "
        "die untere Brücke der Stadt mitgenommen hatte."
    ),
    "pl": (
        "Rada miasta obradowała we wtorek przez trzy godziny i uchwaliła dziewięcioma głosami przeciw "
        "czterem zamknięcie starej pływalni w północnej części miasta.\n"
        "Pływacy zebrali się przed halą już rano, a niektórzy z nich przyprowadzili ze sobą dzieci, aby "
        "wspólnie zaprotestować przeciw tej decyzji rady.\n"
        "Burmistrz powiedział, że rozumie gniew mieszkańców, ale dach nie wytrzyma następnej zimy, jak "
        "napisali w swoim długim raporcie inżynierowie z miasta.\n"
        "Pływalnię otwarto w 1931 roku i od tego czasu dwa razy ją naprawiano, ostatnio po powodzi, "
        "która zabrała także dolny most nad rzeką."
    ),
}
ENDS = {
    "en": "Related articles\nTwo lynxes are born in the zoo\nFerry line returns after years\nPrivacy policy",
    "de": "Das könnte Sie auch interessieren\nZwei Luchse im Zoo geboren\nFähre fährt wieder\nMeistgelesen\nImpressum",
    "pl": "Czytaj też\nDwa rysie urodziły się w zoo\nNajczęściej czytane\nProm wraca po latach\nPolityka prywatności",
}


@pytest.fixture(scope="module")
def clean():
    """A run of the rules alone: neither the scorer nor the search for duplicates helps."""
    cleaners = {
        level: Cleaner.load(level=level, dedupe="off", disable=("scorer.*",))
        for level in ("safe", "aggressive")
    }
    return lambda text, language="en", level="safe": (
        cleaners[level].clean(text, language=language).text.strip()
    )


@pytest.mark.parametrize("language", STORIES)
def test_the_end_of_a_page_goes_as_a_whole(clean, language):
    assert clean(f"{STORIES[language]}\n{ENDS[language]}\n", language) == STORIES[language]


GOES_ON = {
    "prose": (
        "Related articles\nSign up for our newsletter\nThe bath is the last of five that the town built "
        "in those years, "
        "and the only one that still has its tower of oak."
    ),
    "short sentences": (
        "Share this article\nSign up for our newsletter\nHe left.\nIt was late, they say.\n"
        "She had nothing to add.\nThe hall stays closed."
    ),
    "wrapped lines": (
        "Sign up for our newsletter\nRelated articles\nThe bath is the last of five that the town built "
        "in\n"
        "those years, and the only one that still has its tower of\noak and of iron, which the members "
        "of the club\n"
        "had paid for with a lottery that ran for three\nyears and brought more than the whole hall had "
        "cost the"
    ),
}


@pytest.mark.parametrize("kind", GOES_ON)
def test_a_story_that_goes_on_behind_a_box_stays(clean, kind):
    kept = clean(f"{STORIES['en']}\n{GOES_ON[kind]}\n")
    for line in GOES_ON[kind].split("\n")[2:]:
        assert line in kept


def test_a_story_that_goes_on_in_wrapped_lines_stays_at_the_aggressive_level(clean):
    kept = clean(f"{STORIES['en']}\n{GOES_ON['wrapped lines']}\n", level="aggressive")
    assert "oak and of iron" in kept


def test_one_label_proves_no_end(clean):
    kept = clean(f"{STORIES['en']}\nRelated articles\nTwo lynxes are born in the zoo\nFerry line returns\n")
    assert "Two lynxes are born in the zoo" in kept


def test_a_list_that_is_the_story_stays(clean):
    text = "Results\nJane Doe\nAnn Lee\nPrivacy policy\nJohn Smith\nMary Major\nContact us\nTom Brown\n"
    kept = clean(text, level="aggressive")
    assert "Tom Brown" in kept
    assert "Jane Doe" in kept


def test_the_end_of_a_page_goes_from_a_text_without_line_breaks(clean):
    story = STORIES["en"].replace("\n", " ")
    tail = "Related articles Two lynxes are born in the zoo Ferry line returns after years"
    assert clean(f"{story} {tail}") == story


def test_a_sentence_about_related_articles_stays(clean):
    story = STORIES["en"].replace("\n", " ") + " Related articles of the treaty were struck out. He left."
    assert clean(story) == story

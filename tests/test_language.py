"""Language: told where it can be, ``und`` where it cannot, and the same every time."""

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.api import Settings
from cleaner.cli import main
from cleaner.core.document import Context, Language
from cleaner.core.edits import apply, invert
from cleaner.sources.language import BACKENDS, detect_language, find_foreign
from cleaner.sources.stop_words import STOP_WORDS, split_small
from cleaner.stages.normalise import NormaliseStage
from cleaner.stages.repair import RepairStage

PARAGRAPHS = {
    "en": (
        "The council met on Tuesday evening to decide whether the "
        "old bridge across the river should be closed to heavy lorries."
    ),
    "de": (
        "Der Stadtrat kam am Dienstagabend zusammen, um zu entscheiden, "
        "ob die alte Br\xfccke f\xfcr schwere Lastwagen gesperrt wird."
    ),
    "fr": (
        "Le conseil municipal s\u2019est r\xe9uni mardi soir pour d\xe9cider si "
        "le vieux pont doit \xeatre ferm\xe9 aux camions les plus lourds."
    ),
    "es": (
        "El ayuntamiento se reuni\xf3 el martes por la noche para "
        "decidir si el viejo puente debe cerrarse a los camiones pesados."
    ),
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_is_told(code, backend):
    language = detect_language(PARAGRAPHS[code], backend)
    assert language.code == code
    assert language.confidence > 0.9


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("text", ["", "Advertisement", "Share via", "12:30", "\n\n", "\x00\ud800"])
def test_short_text_is_undetermined(text, backend):
    assert detect_language(text, backend).code == "und"


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_same_text_gives_the_same_answer(backend):
    answers = {detect_language(PARAGRAPHS["de"] + PARAGRAPHS["en"], backend) for _ in range(5)}
    assert len(answers) == 1


def test_long_lines_count_and_menus_do_not():
    menu = "\n".join(
        ["Home", "Sports", "Business", "Weather", "Subscribe now", "Privacy policy", "Contact us"] * 8
    )
    assert detect_language(f"{menu}\n{PARAGRAPHS['de']}\n{menu}").code == "de"


def test_backends_that_disagree_leave_it_undetermined(monkeypatch):
    monkeypatch.setattr("cleaner.sources.language._ask_langdetect", lambda text: Language("nl", 0.99))
    assert detect_language(PARAGRAPHS["de"], "both") == Language("und", 0.0)


def test_cjk_text_needs_fewer_characters():
    text = "\u6e21\u8f6e\u661f\u671f\u4e8c\u6ca1\u6709\u51fa\u822a\uff0c\u8239\u957f\u8bf4\u98ce\u592a\u5927\u4e86"
    assert detect_language(text).code == "zh"


def test_rules_drawn_in_characters_do_not_hide_the_language():
    ruled = "\n".join(["\u2501" * 200, "=" * 120] * 20)
    assert detect_language(f"{ruled}\n{PARAGRAPHS['de']}\n{ruled}").code == "de"


def foreign(text, code):
    return [(text[p.start : p.end], p.language.code) for p in find_foreign(text, Language(code, 1.0))]


RUSSIAN = (
    "\u0413\u043e\u0440\u043e\u0434\u0441\u043a\u043e\u0439 \u0441\u043e\u0432\u0435\u0442 "
    "\u0441\u043e\u0431\u0440\u0430\u043b\u0441\u044f \u0432\u043e \u0432\u0442\u043e\u0440\u043d\u0438\u043a "
    "\u0438 \u0440\u0435\u0448\u0438\u043b, \u0447\u0442\u043e \u043c\u043e\u0441\u0442 \u043d\u0435 "
    "\u0437\u0430\u043a\u0440\u043e\u044e\u0442 \u0434\u043b\u044f \u0433\u0440\u0443\u0437\u043e\u0432\u0438\u043a\u043e\u0432, "
    "\u043a\u0430\u043a \u0442\u043e\u0433\u043e \u0445\u043e\u0442\u0435\u043b\u0438 \u0436\u0438\u0442\u0435\u043b\u0438."
)


@pytest.mark.parametrize("own", PARAGRAPHS)
@pytest.mark.parametrize("other", PARAGRAPHS)
def test_a_paragraph_in_another_language_stands_out(own, other):
    text = f"{PARAGRAPHS[own]}\n\n{PARAGRAPHS[other]}\n\n{PARAGRAPHS[own]}\n{PARAGRAPHS[own]}\nShort line"
    assert foreign(text, own) == ([] if own == other else [(PARAGRAPHS[other], other)])


def test_a_paragraph_in_another_alphabet_stands_out():
    text = "\n".join([PARAGRAPHS["en"], RUSSIAN, PARAGRAPHS["en"], PARAGRAPHS["en"]])
    assert foreign(text, "en") == [(RUSSIAN, "ru")]


def test_neighbours_in_one_language_are_one_with_the_short_lines_between_them():
    part = f"{PARAGRAPHS['fr']}\n\nLire aussi\n\n{PARAGRAPHS['fr']}"
    text = "\n".join([*[PARAGRAPHS["en"]] * 4, part, *[PARAGRAPHS["en"]] * 4])
    assert foreign(text, "en") == [(part, "fr")]


@pytest.mark.parametrize(
    "line",
    [
        "\u201cC\u2019est la vie, mon ami, et on ne peut rien y faire,\u201d the mayor of the old town said on Tuesday.",
        "Jean-Luc de la Tour, Marie du Pont, Pierre de la Rue, Anne des Champs, Louis de la Croix, Paul de la Salle",
        "Madrid 12 Barcelona 9 Sevilla 8 Valencia 7 Bilbao 6 M\xe1laga 5 Zaragoza 4 Granada 3 Murcia 2 Palma 1 Gij\xf3n 0",
        "for (let i = 0; i < items.length; i++) { total += items[i].price * items[i].count; log(total, items, i); }",
        "https://example.org/le/conseil/de/la/ville/est/dans/une/rue/qui/est/sur/le/pont/de/la/riviere/et/les/autres",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore.",
        "Pater noster, qui es in caelis, sanctificetur nomen tuum, adveniat regnum tuum, fiat voluntas tua sicut in caelo.",
        "It\xe2\u20ac\u2122s not clear to the council that the bridge, which was built by the engineers of the town, is safe.",
        "CDU SPD FDP AfD Linke Gr\xfcne BSW Freie W\xe4hler Piraten Volt Tierschutzpartei Die Partei \xd6DP dieBasis Team Todenh\xf6fer",
        "Une phrase courte en fran\xe7ais.",
    ],
)
def test_a_paragraph_of_the_document_is_not_taken_for_foreign(line):
    assert foreign("\n".join([PARAGRAPHS["en"], line, PARAGRAPHS["en"], PARAGRAPHS["en"]]), "en") == []


def test_neighbouring_languages_are_not_told_apart_by_a_paragraph():
    danish = (
        "Byr\xe5det m\xf8dtes tirsdag aften for at afg\xf8re, om den gamle bro over \xe5en skal lukkes for de tungeste "
        "lastbiler, og det vil det ikke."
    )
    norwegian = (
        "Kommunestyret m\xf8ttes tirsdag kveld for \xe5 avgj\xf8re om den gamle broen over elva skal stenges for de tyngste "
        "lastebilene, og det vil det ikke gj\xf8re i \xe5r."
    )
    assert foreign("\n".join([norwegian, danish, norwegian, norwegian]), "no") == []
    french = PARAGRAPHS["fr"]
    assert foreign("\n".join([norwegian, french, norwegian, norwegian]), "no") == [(french, "fr")]


def test_a_document_that_is_mostly_foreign_was_told_wrongly():
    assert foreign("\n".join([PARAGRAPHS["fr"]] * 5 + [PARAGRAPHS["en"]]), "en") == []


def test_a_document_of_no_language_has_no_foreign_paragraphs():
    assert foreign("\n".join([PARAGRAPHS["fr"], PARAGRAPHS["en"]] * 3), "und") == []


ENGLISH = f"{PARAGRAPHS['en']} The mayor was not sure ; nobody was .\n\n{PARAGRAPHS['en']}"
FRENCH = f"{PARAGRAPHS['fr']} Le maire n\u2019\xe9tait pas s\xfbr ; personne ne l\u2019\xe9tait !"


def clean(text, **known):
    return Cleaner.load().clean(text, **known)


def test_a_french_paragraph_of_an_english_page_keeps_its_spaces():
    result = clean(f"{ENGLISH}\n\n{FRENCH}\n\n{PARAGRAPHS['en']}\n")
    assert FRENCH in result.text
    assert "The mayor was not sure; nobody was." in result.text
    (hint,) = [hint for hint in result.hints if hint.causes[0].rule == "language.foreign-paragraph"]
    assert hint.new == FRENCH == result.source.text[hint.start : hint.end]
    assert hint.causes[0].detail["language"] == "fr"


def test_an_english_paragraph_of_a_french_page_loses_its_spaces():
    english = f"{PARAGRAPHS['en']} The mayor was not sure ; nobody was ."
    result = clean("\n\n".join([FRENCH, FRENCH.replace("mardi", "jeudi"), english]) + "\n")
    assert "The mayor was not sure; nobody was." in result.text
    assert "s\xfbr ; personne" in result.text


def test_a_lost_apostrophe_comes_back_by_the_language_of_its_paragraph():
    french = PARAGRAPHS["fr"].replace("s\u2019est", "s\ufffdest")
    assert PARAGRAPHS["fr"] in clean(f"{ENGLISH}\n\n{french}\n\n{PARAGRAPHS['en']}\n").text


def test_rules_of_a_language_act_in_its_paragraphs_only():
    between = "Lire aussi :"
    french = f"{PARAGRAPHS['fr']}\n\n{between}\n\n{FRENCH}"
    assert between not in clean(f"{ENGLISH}\n\n{french}\n\n{ENGLISH.replace('Tuesday', 'Monday')}\n").text
    assert between in clean(f"{ENGLISH}\n\n{between}\n\n{ENGLISH.replace('Tuesday', 'Monday')}\n").text


def test_who_says_the_language_of_all_is_taken_at_his_word():
    text = f"{ENGLISH}\n\n{FRENCH}\n\n{PARAGRAPHS['en']}\n"
    result = Cleaner.load(settings=Settings(language="en")).clean(text)
    assert "s\xfbr; personne" in result.text
    assert result.context.foreign == ()


@given(
    st.lists(
        st.sampled_from([*PARAGRAPHS.values(), FRENCH, RUSSIAN, "Short", "", "A\xad \x00b ."]), max_size=7
    )
)
@hypothesis.settings(max_examples=40, deadline=None)
def test_texts_in_several_languages_are_undone_and_stable(lines):
    text = "\n".join(lines)
    language = Language("en", 1.0)
    context = Context("en", foreign=find_foreign(text, language))
    for stage in (RepairStage(), NormaliseStage()):
        edits = stage(text, context).edits
        assert apply(apply(text, edits), invert(text, edits)) == text
        once = apply(text, edits)
        assert not stage(once, context.move(edits)).edits


def test_a_run_over_a_corpus_knows_of_paragraphs_in_another_language(tmp_path):
    text = f"{ENGLISH}\n\n{FRENCH}\n\n{PARAGRAPHS['en']}\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    options = ["--quiet", "--dedupe", "corpus"]
    assert main(["clean", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *options]) == 0
    assert FRENCH in (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8")


def test_every_small_word_is_one_that_a_text_can_hold():
    words = {word for words in STOP_WORDS.values() for word in words}
    assert len(words) > 500
    assert [word for word in words if split_small(word) != [word]] == []

"""Language: told where it can be, ``und`` where it cannot, and the same every time."""

import pytest

from cleaner.core.document import Language
from cleaner.sources.language import BACKENDS, detect_language, find_odd_paragraphs

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


def test_a_paragraph_in_another_language_stands_out():
    text = f"{PARAGRAPHS['en']}\n\n{PARAGRAPHS['fr']}\n\n{PARAGRAPHS['en']}\nShort line"
    odd = list(find_odd_paragraphs(text, detect_language(text)))
    assert [(text[p.start : p.end], p.language.code) for p in odd] == [(PARAGRAPHS["fr"], "fr")]

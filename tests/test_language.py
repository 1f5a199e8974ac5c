"""Language: told where it can be, ``und`` where it cannot, and the same every time."""

import pytest

from cleaner.sources.language import detect_language

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


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_is_told(code):
    assert detect_language(PARAGRAPHS[code]).code == code


@pytest.mark.parametrize("text", ["", "Advertisement", "Share via", "12:30", "\n\n", "\x00\ud800"])
def test_short_text_is_undetermined(text):
    assert detect_language(text).code == "und"


def test_the_same_text_gives_the_same_answer():
    answers = {detect_language(PARAGRAPHS["de"] + PARAGRAPHS["en"]) for _ in range(5)}
    assert len(answers) == 1

"""Text that has nothing wrong with it stays as it is, in sixteen languages."""

import pytest

from cleaner.core.document import Context
from cleaner.stages.normalise import NormaliseStage
from cleaner.stages.repair import RepairStage

PARAGRAPHS = {
    "en": (
        "The ferry didn\u2019t sail on Tuesday. \u201cNot in this wind,\u201d the captain said \u2013 "
        "and that was that; he\u2019d had enough. It cost \u00a35 (\u20ac6), i.e. 20\u00a0% more\u2026"
    ),
    "de": (
        "Die F\u00e4hre fuhr am Dienstag nicht. \u201eBei diesem Wind nicht\u201c, sagte der Kapit\u00e4n "
        "\u2013 die, die warteten, gingen nach Hause. Stra\u00dfe, 20 \u00b0C."
    ),
    "fr": (
        "Le ferry n\u2019est pas parti mardi. \u00ab\u00a0Pas avec ce vent\u00a0!\u00a0\u00bb, a dit "
        "le capitaine ; pourquoi ? Nous nous sommes assis \u00e0 l\u2019\u0153uvre."
    ),
    "es": (
        "El transbordador no zarp\u00f3 el martes. \u00ab\u00bfCon este viento? \u00a1Ni hablar!\u00bb, "
        "dijo el capit\u00e1n, y a\u00f1adi\u00f3 que volver\u00eda el 1.\u00ba de mayo."
    ),
    "it": (
        "Il traghetto non \u00e8 partito marted\u00ec. \u00abCon questo vento no\u00bb, ha detto il capitano:"
        " perch\u00e9 rischiare? L\u2019onda era alta cos\u00ec."
    ),
    "pt": (
        "A barca n\u00e3o saiu na ter\u00e7a-feira. \u201cCom este vento, n\u00e3o\u201d, disse o capit\u00e3"
        "o, que \u00e0s vezes \u00e9 prudente. Custou 10 \u20ac \u00e0 c\u00e2mara."
    ),
    "nl": (
        "De veerboot voer dinsdag niet. \u2018Niet met deze wind\u2019, zei de kapitein; zo\u2019n storm "
        "ge\u00ebist, co\u00f6rdinatie en re\u00fcnie volgden."
    ),
    "pl": (
        "Prom nie wyp\u0142yn\u0105\u0142 we wtorek. \u201eNie przy takim wietrze\u201d \u2013 powiedzia\u0142"
        " kapitan. \u015aci\u0105gni\u0119to \u017c\u00f3\u0142t\u0105 flag\u0119, \u0141\u00f3d\u017a "
        "czeka\u0142a."
    ),
    "cs": (
        "Trajekt v \u00fater\u00fd nevyplul. \u201eV tomhle v\u011btru ne,\u201c \u0159ekl kapit\u00e1n "
        "a \u010dekal na \u017elut\u00fd \u010dlun u b\u0159ehu \u0158eky."
    ),
    "sv": (
        "F\u00e4rjan gick inte p\u00e5 tisdagen. \u201dInte i den h\u00e4r vinden\u201d, sade kaptenen. "
        "\u00c5ngb\u00e5ten \u00d6rnen l\u00e5g kvar \u00e4nd\u00e5."
    ),
    "tr": (
        "Vapur sal\u0131 g\u00fcn\u00fc kalkmad\u0131. \u201cBu r\u00fczg\u00e2rda olmaz,\u201d dedi "
        "kaptan. \u0130stanbul\u2019da \u0131\u015f\u0131klar s\u00f6nd\u00fc, \u00e7ocuklar \u015fa\u015ft\u0131"
        "."
    ),
    "ru": (
        "\u041f\u0430\u0440\u043e\u043c \u0432\u043e \u0432\u0442\u043e\u0440\u043d\u0438\u043a \u043d\u0435 "
        "\u0432\u044b\u0448\u0435\u043b. \u00ab\u041d\u0435 \u0432 \u0442\u0430\u043a\u043e\u0439 \u0432\u0435"
        "\u0442\u0435\u0440\u00bb, \u2014 \u0441\u043a\u0430\u0437\u0430\u043b \u043a\u0430\u043f\u0438\u0442"
        "\u0430\u043d \u0438 \u043f\u043e\u0441\u043b\u0430\u043b SMS\u043a\u0443 \u2116\u00a05 \u0432 "
        "WhatsApp."
    ),
    "uk": (
        "\u041f\u043e\u0440\u043e\u043c \u0443 \u0432\u0456\u0432\u0442\u043e\u0440\u043e\u043a \u043d\u0435 "
        "\u0432\u0438\u0439\u0448\u043e\u0432. \u00ab\u041d\u0435 \u0432 \u0442\u0430\u043a\u0438\u0439 "
        "\u0432\u0456\u0442\u0435\u0440\u00bb, \u2014 \u0441\u043a\u0430\u0437\u0430\u0432 \u043a\u0430\u043f"
        "\u0456\u0442\u0430\u043d; \u043e\u0431\u2019\u0457\u0437\u0434 \u0456 \u0491\u0430\u043d\u043e\u043a"
        "."
    ),
    "el": (
        "\u03a4\u03bf \u03c6\u03ad\u03c1\u03b9 \u03b4\u03b5\u03bd \u03ad\u03c6\u03c5\u03b3\u03b5 \u03c4\u03b7"
        "\u03bd \u03a4\u03c1\u03af\u03c4\u03b7. \u00ab\u038c\u03c7\u03b9 \u03bc\u03b5 \u03c4\u03ad\u03c4\u03bf"
        "\u03b9\u03bf\u03bd \u03ac\u03bd\u03b5\u03bc\u03bf\u00bb, \u03b5\u03af\u03c0\u03b5 \u03bf \u03ba\u03b1"
        "\u03c0\u03b5\u03c4\u03ac\u03bd\u03b9\u03bf\u03c2 \u03c3\u03c4\u03bf Facebook."
    ),
    "ar": (
        "\u0644\u0645 \u062a\u0628\u062d\u0631 \u0627\u0644\u0639\u0628\u0627\u0631\u0629 \u064a\u0648\u0645 "
        "\u0627\u0644\u062b\u0644\u0627\u062b\u0627\u0621\u060c \u0648\u0642\u0627\u0644 \u0627\u0644\u0642\u0628"
        "\u0637\u0627\u0646: \u00ab\u0644\u064a\u0633 \u0641\u064a \u0647\u0630\u0647 \u0627\u0644\u0631\u064a"
        "\u062d\u00bb \u200f(BBC)\u200f."
    ),
    "fa": (
        "\u06a9\u0634\u062a\u06cc \u0633\u0647\u200c\u0634\u0646\u0628\u0647 \u062d\u0631\u06a9\u062a "
        "\u0646\u06a9\u0631\u062f\u061b \u0646\u0627\u062e\u062f\u0627 \u06af\u0641\u062a: \u00ab\u0646\u0645"
        "\u06cc\u200c\u0634\u0648\u062f\u00bb."
    ),
    "he": (
        "\u05d4\u05de\u05e2\u05d1\u05d5\u05e8\u05ea \u05dc\u05d0 \u05d4\u05e4\u05dc\u05d9\u05d2\u05d4 "
        "\u05d1\u05d9\u05d5\u05dd \u05e9\u05dc\u05d9\u05e9\u05d9. \u05e8\u05d1 \u05d4\u05d7\u05d5\u05d1\u05dc"
        " \u05e9\u05dc \u05e6\u05d4\u05f4\u05dc \u05d0\u05de\u05e8: \"\u05dc\u05d0 \u05d1\u05e8\u05d5\u05d7 "
        "\u05db\u05d6\u05d0\u05ea\"."
    ),
    "hi": (
        "\u0928\u093e\u0935 \u092e\u0902\u0917\u0932\u0935\u093e\u0930 \u0915\u094b \u0928\u0939\u0940\u0902 "
        "\u091a\u0932\u0940\u0964 \u0915\u092a\u094d\u0924\u093e\u0928 \u0928\u0947 \u0915\u0939\u093e, "
        "\u201c\u0910\u0938\u0940 \u0939\u0935\u093e \u092e\u0947\u0902 \u0928\u0939\u0940\u0902\u201d\u0964 "
        "\u0915\u094d\u200d\u0937\u0923\u0964"
    ),
    "th": (
        "\u0e40\u0e23\u0e37\u0e2d\u0e02\u0e49\u0e32\u0e21\u0e1f\u0e32\u0e01\u200b\u0e44\u0e21\u0e48\u0e2d\u0e2d"
        "\u0e01\u200b\u0e27\u0e31\u0e19\u0e2d\u0e31\u0e07\u0e04\u0e32\u0e23"
    ),
    "zh": (
        "\u6e21\u8f6e\u661f\u671f\u4e8c\u6ca1\u6709\u51fa\u822a\u3002\u8239\u957f\u8bf4\uff1a\u201c\u8fd9\u6837"
        "\u7684\u98ce\u4e0d\u884c\u3002\u201d\uff08\uff22\uff22\uff23\uff0c\u7b2c\u0035\u9875\uff09"
    ),
    "ja": (
        "\u30d5\u30a7\u30ea\u30fc\u306f\u706b\u66dc\u65e5\u306b\u51fa\u822a\u3057\u306a\u304b\u3063\u305f\u3002"
        "\u300c\u3053\u306e\u98a8\u3067\u306f\u7121\u7406\u3060\u300d\u3068\u8239\u9577\u306f\u8a71\u3057\u305f"
        "\uff01\u3000\uff15\u6642\u3002"
    ),
    "ko": (
        "\ud398\ub9ac\ub294 \ud654\uc694\uc77c\uc5d0 \ucd9c\ud56d\ud558\uc9c0 \uc54a\uc558\ub2e4. \uc120\uc7a5"
        "\uc740 \u201c\uc774\ub7f0 \ubc14\ub78c\uc5d0\ub294 \uc548 \ub41c\ub2e4\u201d\uace0 \ub9d0\ud588\ub2e4"
        "."
    ),
}  # fmt: skip


@pytest.mark.parametrize("stage", [RepairStage(), NormaliseStage()], ids=lambda stage: stage.name)
@pytest.mark.parametrize("language", PARAGRAPHS)
def test_clean_text_stays(stage, language):
    paragraph = PARAGRAPHS[language]
    text = f"{paragraph}\n\n{paragraph}\n"
    findings = stage(text, Context(language))
    assert list(findings.edits) == []
    assert findings.flags == ()
    assert list(stage(text, Context("und")).edits) == []


OTHER = [
    (
        "family \U0001f468\u200d\U0001f469\u200d\U0001f467 and flag \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e"
        "\U000e0067\U000e007f"
    ),
    "heart \u2764\ufe0f, x\u00b2, H\u2082O, 5\u00d73, \u00bd, \u2116 5, \u00a9 \u00ae \u2122",
    "TNF\u03b1, IFN\u03b3, NF\u03baB, PPAR\u03b3, H\u03b1, \u03bcm, k\u03a9, cos\u03b1, \u03b1-helix, \u03b2-blocker",
    "#include <stdio.h> && x &amp; y; if (a < b) { return ; }",
    "https://example.org/?q=1&lang=en&copy=2#top",
    "Home . News . Sport, and then . . . nothing; :) ;-) :-/",
    "vers. 1 , 2 . 5",
    "AT&T, R&D, Q&A, B&B; M&Ms",
    "| a | b |\n|---|---|\n| 1 |  2 |",
    "Arsenal    2   1\nChelsea    0   3",
    (
        "H\u00e5kan \u00c5berg, \u00c6r\u00f8, \u00d8rsted, \u00deingvellir, \u0141\u00f3d\u017a, \u010cesk\u00e9"
        ", \u0130zmir"
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", OTHER)
def test_odd_but_right_text_stays(text):
    for language in ("en", "und"):
        assert list(RepairStage()(text, Context(language)).edits) == []
        assert list(NormaliseStage()(text, Context(language)).edits) == []

"""Small words by which a paragraph's language shows: the cheap first look, and the check of a detector's claim.

Each list holds words that hardly any sentence of the language does without; where languages share a word, both
have it, so that neighbours do not differ by it. A language without a list is known by its script.
"""

import re
from collections.abc import Sequence
from typing import Final

_WORDS_RE = re.compile(r"[^\W\d_]+")
_LISTS: Final = {
    "en": (
        "the of and to in a is that for it was on with as he his at by from had are this have not but be or "
        "they which you were an their she will has been who would there its when what said we more if no can "
        "all about"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf f\xfcr ist im dem nicht ein eine als auch es an "
        "werden aus er hat dass sie nach wird bei einer um am sind noch wie einem \xfcber einen so zum war "
        "haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir kann"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec "
        "son aux d l s qu n c j ont ses mais comme ou si leur elle on cette deux ces dont nous vous tout "
        "fait \xeatre \xe0 \xe9t\xe9 sa lui o\xf9 je"
    ),
    "es": (
        "de la que el en y a los del se las por un para con no una su al lo como m\xe1s pero sus le ya o "
        "este s\xed porque esta entre cuando muy sin sobre tambi\xe9n me hasta hay donde fue han es ha son "
        "desde nos e todo"
    ),
    "it": (
        "di e il la che in a per un \xe8 del non sono una le si con i da al come dei anche ha della nel lo "
        "alla pi\xf9 gli delle ma su o questo se nella ai l d dell ci mi era cui dal tra sul essere loro fra"
    ),
    "pt": (
        "de a o que e do da em um para com n\xe3o uma os no se na por mais as dos como mas ao ele das \xe0 "
        "seu sua ou quando muito nos j\xe1 eu tamb\xe9m s\xf3 pelo pela at\xe9 isso ela entre era depois sem "
        "foi s\xe3o \xe9 ser est\xe1"
    ),
    "nl": (
        "de en van het een in is dat op te zijn met voor die niet aan er om ook als bij door maar uit naar "
        "dan heeft hij ze nog wordt over deze tot worden of zich was werd meer hebben kan geen we zo had dit "
        "ik"
    ),
    "pl": (
        "w i na z si\u0119 do nie to \u017ce jest o a jak po od za przez ale dla co ju\u017c ich tak jego "
        "tym czy by\u0142 ze tego tylko s\u0105 by mo\u017ce oraz kt\xf3ry kt\xf3re kt\xf3ra przy jej tej "
        "by\u0142o by\u0142a te\u017c ma u"
    ),
    "cs": (
        "a v se na je \u017ee s z do o to i ve pro za k jako po ale by jsou od jeho tak jsem bylo byl "
        "kter\xe9 kter\xfd kter\xe1 nebo u\u017e p\u0159i aby jen m\xe1 ze co t\xedm tak\xe9 podle byla bude "
        "jej\xed v\u0161ak"
    ),
    "tr": (
        "ve bir bu da de i\xe7in ile olarak daha \xe7ok olan gibi kadar en o ne sonra ise ama g\xf6re var "
        "yeni iki ya her diye oldu olduktan oldu\u011funu oldu\u011fu eden ki mi ederek aras\u0131nda etti "
        "dedi ancak"
    ),
    "sv": (
        "och i att det som en p\xe5 \xe4r av f\xf6r med till den har de inte om ett han men var jag s\xe5 "
        "fr\xe5n vi kan man n\xe4r \xe5r under ocks\xe5 efter eller nu sig ut dem hade skulle vid detta hans"
    ),
    "da": (
        "og i at det er en til af p\xe5 for med de den som der ikke har han et men var jeg om s\xe5 fra vi "
        "kan sig ved efter eller nu ud hans skal vil blev have ogs\xe5 n\xe5r over havde \xe5r"
    ),
    "no": (
        "og i at det er en til av p\xe5 for med de den som der ikke har han et men var jeg om s\xe5 fra vi "
        "kan seg ved etter eller n\xe5 ut hans skal vil ble ha ogs\xe5 n\xe5r over hadde \xe5r"
    ),
    "fi": (
        "ja on ei ett\xe4 se oli h\xe4n my\xf6s kun mutta ovat sen tai kuin joka mukaan ole jo nyt sek\xe4 "
        "olla ollut niin vain h\xe4nen jos t\xe4m\xe4 ne voi n\xe4in ennen kuitenkin sit\xe4 jotka noin"
    ),
    "hu": (
        "a az \xe9s hogy nem is egy ez volt meg csak de van mint m\xe1r ki azt m\xe9g el ezt sem vagy "
        "szerint akkor ha pedig mert ami lesz arra majd nagyon t\xf6bb k\xf6z\xf6tt ut\xe1n lehet itt aki"
    ),
    "ro": (
        "de \u0219i \xeen a la cu o din pe pentru nu care este s\u0103 mai au fost un al se ce ca sunt lui "
        "dar prin dup\u0103 sau cele fi cel c\u0103 le ale fie c\xe2nd unei unui s-a despre va p\xe2n\u0103 "
        "acest"
    ),
    "ru": (
        "\u0432 \u0438 \u043d\u0435 \u043d\u0430 \u0447\u0442\u043e \u0441 \u043f\u043e \u043a\u0430\u043a "
        "\u044d\u0442\u043e \u043a \u0438\u0437 \u0443 \u0437\u0430 \u0430 \u0442\u043e \u043e\u0442 \u043e "
        "\u0434\u043b\u044f \u0436\u0435 \u0435\u0433\u043e \u0431\u044b\u043b \u0431\u044b \u043d\u043e "
        "\u043e\u043d \u0442\u0430\u043a \u0433\u043e\u0434\u0430 \u0434\u043e \u0438\u043b\u0438 "
        "\u043f\u0440\u0438 \u0442\u0430\u043a\u0436\u0435 \u0438\u0445 \u043e\u043d\u0438 "
        "\u0443\u0436\u0435 \u0431\u044b\u043b\u0438 \u0447\u0435\u043c \u044d\u0442\u043e\u0433\u043e "
        "\u0432\u0441\u0435"
    ),
    "uk": (
        "\u0432 \u0456 \u043d\u0435 \u043d\u0430 \u0449\u043e \u0437 \u043f\u043e \u044f\u043a \u0446\u0435 "
        "\u0434\u043e \u0443 \u0437\u0430 \u0430 \u0442\u043e \u0432\u0456\u0434 \u043f\u0440\u043e "
        "\u0434\u043b\u044f \u0436 \u0439\u043e\u0433\u043e \u0431\u0443\u0432 \u0431\u0438 "
        "\u0430\u043b\u0435 \u0432\u0456\u043d \u0442\u0430\u043a \u0440\u043e\u043a\u0443 \u0442\u0430 "
        "\u0430\u0431\u043e \u043f\u0440\u0438 \u0442\u0430\u043a\u043e\u0436 \u0457\u0445 "
        "\u0432\u043e\u043d\u0438 \u0432\u0436\u0435 \u0431\u0443\u043b\u0438 \u043d\u0456\u0436 "
        "\u0446\u044c\u043e\u0433\u043e \u0456\u0437 \u0439"
    ),
    "el": (
        "\u03ba\u03b1\u03b9 \u03c4\u03bf \u03c4\u03b7\u03c2 \u03b7 \u03bf \u03c4\u03b7\u03bd "
        "\u03c4\u03bf\u03c5 \u03bd\u03b1 \u03c4\u03b1 \u03b3\u03b9\u03b1 \u03bc\u03b5 \u03c4\u03c9\u03bd "
        "\u03b1\u03c0\u03cc \u03c3\u03c4\u03bf \u03c0\u03bf\u03c5 \u03c4\u03b7 \u03b8\u03b1 "
        "\u03c4\u03bf\u03bd \u03c3\u03b5 \u03c3\u03c4\u03b7\u03bd \u03bf\u03b9 "
        "\u03b5\u03af\u03bd\u03b1\u03b9 \u03cc\u03c4\u03b9 \u03b4\u03b5\u03bd \u03c4\u03b9\u03c2 "
        "\u03ad\u03bd\u03b1 \u03c4\u03bf\u03c5\u03c2"
    ),
}
# As split_small makes them: a final sigma is folded, too.
STOP_WORDS: Final = {
    language: frozenset(_WORDS_RE.findall(words.casefold())) for language, words in _LISTS.items()
}
# Letters of scripts that tell a language without a list; in Japanese the kana do, among Chinese characters.
_SCRIPTS: Final = {
    "zh": "\u4e00-\u9fff",
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "ar": "\u0600-\u06ff",
    "fa": "\u0600-\u06ff",
    "ur": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
}
_SCRIPT_RES: Final = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
_KANA_RE: Final = _SCRIPT_RES["ja"]


def split_small(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORDS_RE.findall(text.casefold())


def is_told(language: str) -> bool:
    """Whether a language has a list of stop words or a script that tells it."""
    return language in STOP_WORDS or language in _SCRIPT_RES


def explain_share(language: str, text: str, words: Sequence[str]) -> float:
    """How much of a text its language explains, 0 to 1: the share of stop words, or of letters in its script.

    >>> line = "the ferry of the island was late, and nobody in the town knew of it"
    >>> explain_share("en", line, split_small(line)) > 0.4, explain_share("de", line, split_small(line)) < 0.2
    (True, True)
    """
    if language in STOP_WORDS:
        stop_words = STOP_WORDS[language]
        return sum(word in stop_words for word in words) / max(1, len(words))
    if language in _SCRIPT_RES:
        if language == "zh" and _KANA_RE.search(text):
            return 0.0
        letters = sum(map(len, words))
        return len(_SCRIPT_RES[language].findall(text)) / max(1, letters)
    return 0.0

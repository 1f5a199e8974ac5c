"""Shapes: named predicates over a line, for what words alone cannot say."""

import re
from collections.abc import Callable

from cleaner.core.dates import read_date
from cleaner.core.text import CJK_RE, Line, count_words, count_words_up_to

_CLOCK_RE = re.compile(
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:uhr|h|gmt|utc|[ec][sd]?t))?", re.IGNORECASE
)
_AGO_RE = re.compile(
    r"(?:\d{1,3}|an?|ein(?:er|em)?|une?)\s*(?:s|m|h|d|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?)\s*ago"
    r"|(?:updated\s+)?\d{1,3}\s*[smhd] ago"
    r"|vor \d{1,3} (?:minuten?|stunden?|tag(?:en)?)|il y a \d{1,3} (?:minutes?|heures?|jours?)"
    r"|hace \d{1,3} (?:minutos?|horas?|días?)|há \d{1,3} (?:minutos?|horas?|dias?)"
    r"|\d{1,3} (?:минут[уы]?|час(?:а|ов)?) назад|\d{1,3} (?:хвилин[уи]?|годин[уи]?) тому"
    r"|\d{1,3} (?:minut[ęy]?|min|godzin[ęy]?|godz)\.? temu|\d{1,3} (?:dakika|saat|gün) önce"
    r"|\d{1,3} ?(?:minuti|ore) fa|\d{1,3} (?:minuten|uur) geleden"
    r"|منذ \d{1,3} (?:دقيقة|دقائق|ساعة|ساعات)|\d{1,3} (?:मिनट|घंटे) पहले"
    r"|\d{1,3} ?(?:分钟|小时|分鐘|小時|分|時間)前|\d{1,3} ?(?:분|시간) ?전",
    re.IGNORECASE,
)
_NAME = r"(?:[^\W\d_a-z\u00df-\u00ff\u0430-\u045f][\w.\u2019'-]*|de|da|van|von|der|den|bin|al|el|la|le|du|di|ten|ter)"
_BYLINE_RE = re.compile(
    r"(?i:by|von|par|por|di|door|autor(?:in)?:?|автор:?|від|af|av|przez)\s+"
    rf"{_NAME}(?:[\s,&/|]+(?:and|und|et|y|e|и|та|i|{_NAME})){{0,14}}\.?"
)
_AGENCY = (
    r"(?:AP|AFP|EPA|EFE|PA|dpa|PAP|TASS|ANSA|NTB|TT|Reuters|Getty(?: Images)?|Associated Press|Agence France-Presse|Shutterstock|iStock"
    r"|Alamy|Bloomberg|Unsplash|Pixabay|Wikimedia(?: Commons)?|Flickr|imago|picture alliance|Keystone|Xinhua|Anadolu|Zuma(?: Press)?|Sipa)"
)
_PICTURE = r"(?:photo(?:graph|s)?|image|picture|pic|foto|bild|photo credit|image credit|crédit photo|фото)"
_CREDITED = r"(?:by|credit|courtesy(?: of)?|:|/|\u00a9)"
_CREDIT_RE = re.compile(
    rf"\(?(?:{_PICTURE}\s*{_CREDITED}\s*[^()]{{2,80}}"
    rf"|[^()\n/|]{{2,60}}\s*[/|]\s*{_AGENCY}[^()]{{0,40}}"
    rf"|{_AGENCY}(?:\s*[/|,]\s*[^()]{{2,60}})?"
    rf"|\u00a9\s*[^()]{{2,60}}[/|][^()]{{2,60}})\)?\.?",
    re.IGNORECASE,
)
_INLINE_CREDIT_RE = re.compile(
    r"\((?:photo|image|picture|foto|bild)(?:s)?\s*(?:by|credit|courtesy(?: of)?|:)\s*[^()]{2,80}\)\.?$",
    re.IGNORECASE,
)
_SEPARATOR_RE = re.compile(r"\s*[\u203a\u00bb>/\u2192]\s*")
_URL_RE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}", re.IGNORECASE)
_NUMBER_RE = re.compile(r"[\W_]*\d[\d.,\s]*[kKmM]?[\W_]*")
_TERMINAL_RE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u0964\u06d4\u061f]['\"\u2019\u201d\u00bb)\]]*$")


# A headline may be a question; what ends with one of these is prose or goes on.
_PROSE_ENDS = (
    ".",
    ",",
    ";",
    ":",
    "\N{IDEOGRAPHIC FULL STOP}",
    "\N{DEVANAGARI DANDA}",
    "\N{ARABIC FULL STOP}",
    "\N{ARABIC COMMA}",
)


_LONGEST_CJK_LABEL = 8  # characters; a headline in Chinese is longer and has no spaces


def ends_sentence(text: str) -> bool:
    """Whether a text ends with the mark of a sentence, closing quotes and brackets aside."""
    return _TERMINAL_RE.search(text.rstrip()) is not None


def is_clock_time(line: Line) -> bool:
    """``11:14 PM``, ``17.05 Uhr``, ``2 hours ago``."""
    text = line.text.strip()
    return len(text) < 30 and bool(_CLOCK_RE.fullmatch(text) or _AGO_RE.fullmatch(text))


def is_date(line: Line) -> bool:
    """A line of at most eight words that holds a complete date."""
    return len(line.text) < 70 and count_words(line.text) <= 8 and read_date(line.text) is not None


def is_byline(line: Line) -> bool:
    """``By Jane Doe and John Smith``, ``Von Marc Etzold``: a preposition and names in capitals."""
    text = line.text.strip()
    if not 5 <= len(text) <= 120 or not _BYLINE_RE.fullmatch(text):
        return False
    return sum(word[:1].isupper() for word in text.split()[1:]) * 2 > len(text.split()) - 1


def is_credit(line: Line) -> bool:
    """``(Photo by Jane Doe/Getty Images)``, ``Foto: dpa``, ``(Jane Doe / Associated Press)``."""
    text = line.text.strip()
    return 3 <= len(text) <= 120 and _CREDIT_RE.fullmatch(text) is not None


def is_credited_caption(line: Line) -> bool:
    """A caption of at most 90 words that ends with its credit in brackets."""
    text = line.text.rstrip()
    return (
        text.endswith((")", ")."))
        and _INLINE_CREDIT_RE.search(text) is not None
        and count_words_up_to(text, 91) <= 90
    )


def is_breadcrumb(line: Line) -> bool:
    """Three or more short parts behind separators: ``Home > News > Politics``."""
    text = line.text.strip()
    if len(text) > 160 or _URL_RE.search(text) or ends_sentence(text):
        return False
    parts = [part for part in _SEPARATOR_RE.split(text) if part]
    return len(parts) >= 3 and all(len(part.split()) <= 5 and not part[0].isdigit() for part in parts)


def is_label(line: Line) -> bool:
    """At most four words, or eight CJK characters, without the end of a sentence: a menu entry, a name, a button."""
    text = line.text.strip()
    if not 0 < len(text) <= 40 or len(text.split()) > 4 or ends_sentence(text):
        return False
    return text.isascii() or len(CJK_RE.findall(text)) <= _LONGEST_CJK_LABEL


def is_headline(line: Line) -> bool:
    """3 to 25 words that open with a capital, digit or quote and do not end as a sentence in prose does."""
    text = line.text.strip()
    return (
        len(text) <= 220
        and 3 <= count_words(text) <= 60
        and not text[0].islower()
        and not text.endswith(_PROSE_ENDS)
    )


def is_blurb(line: Line) -> bool:
    """One to four sentences, at most 80 words: the text under a headline of a list."""
    return ends_sentence(line.text) and 3 <= count_words_up_to(line.text, 81) <= 80


def is_prose(line: Line) -> bool:
    """At least 20 words that end as a sentence does."""
    return len(line.text) > 60 and ends_sentence(line.text) and count_words_up_to(line.text, 20) >= 20


def is_number(line: Line) -> bool:
    """A bare number, as share and comment counters leave it."""
    return len(line.text) < 20 and _NUMBER_RE.fullmatch(line.text) is not None


def is_address(line: Line) -> bool:
    """A web or mail address and nothing else."""
    return _URL_RE.fullmatch(line.text.strip()) is not None


_RUNNING_ENDS = (
    ",",
    ";",
    "\N{FULLWIDTH COMMA}",
    "\N{IDEOGRAPHIC COMMA}",
    "\N{ARABIC COMMA}",
    "\N{ARABIC SEMICOLON}",
)
_FEWEST_RUNNING_WORDS = 6


def goes_on(text: str) -> bool:
    r"""Whether a text opens in lower case; names such as iPhone and eBay and signs such as \u24d2 do not count."""
    return text[:1].isalpha() and text[:1].islower() and not text[1:2].isupper()


def runs_on(line: Line) -> bool:
    """Whether a line is a part of prose that was wrapped: it opens in lower case or ends with a comma."""
    text = line.text.strip()
    return (goes_on(text) or text.endswith(_RUNNING_ENDS)) and (
        count_words_up_to(text, _FEWEST_RUNNING_WORDS) >= _FEWEST_RUNNING_WORDS
    )


def is_any(line: Line) -> bool:
    """Any line that is not blank."""
    return bool(line.key)


SHAPES: dict[str, Callable[[Line], bool]] = {
    "clock-time": is_clock_time,
    "date": is_date,
    "byline": is_byline,
    "credit": is_credit,
    "credited-caption": is_credited_caption,
    "breadcrumb": is_breadcrumb,
    "label": is_label,
    "headline": is_headline,
    "blurb": is_blurb,
    "prose": is_prose,
    "number": is_number,
    "address": is_address,
    "any": is_any,
}
# Shapes that need more than the line; the matcher knows them.
PLACED_SHAPES = ("equals-title", "first-headline", "known", "closing")

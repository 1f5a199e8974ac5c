"""Dates as news sites write them, normalised to ISO 8601.

Only complete dates are read, so that the result never depends on today. A general parser guesses
what is missing; a date that is guessed is worse than none.
"""

import re
from collections import defaultdict

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar-levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "ar-plain": "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "hi-dotted": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
}  # fmt: skip
_UNSHORTENED = ("ar", "hi", "el")  # languages whose months are not cut to their first letters
# Where slashes and hyphens stand between the parts of a date, these write the day first; English does either.
_DAY_FIRST = frozenset(["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "cs", "el", "ar", "hi"])
_ABBREVIATED = {
    "sept": 9,
    "mär": 3,
    "mrz": 3,
    "okt": 10,
    "dez": 12,
    "mai": 5,
    "févr": 2,
    "juil": 7,
    "ene": 1,
    "dic": 12,
    "mar": 3,
}


def _month_numbers() -> dict[str, int]:
    """Names of months and what they are cut to; a cut that could be two months is none."""
    whole: dict[str, int] = {}
    cut: dict[str, set[int]] = defaultdict(set)
    for language, names in _MONTHS.items():
        for number, name in enumerate(names.split(), 1):
            whole[name.replace("_", " ").casefold()] = number
            if not language.startswith(_UNSHORTENED):
                cut[name[:3]].add(number)
                cut[name[:4]].add(number)
    short = {name: numbers.pop() for name, numbers in cut.items() if len(numbers) == 1}
    return short | _ABBREVIATED | whole


_MONTH_NUMBERS = _month_numbers()
_NAME = r"((?:كانون|تشرين)\s\w+|[^\W\d_][^\W\d_\u0900-\u097f]{1,12}|[\u0900-\u097f]{2,12})\.?"
_CLOCK = (
    r"(?:[\s,T]+(?:(?:at|um|à|a las|o|в|-|\u2013|\|)\s+)?(\d{1,2})[:.hH](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?)?"
)
_YMD = rf"(\d{{4}})[-./](\d{{1,2}})[-./](\d{{1,2}})(?!\d){_CLOCK}"
_YMD_CJK = r"(\d{4})\s*[\u5e74\ub144]\s*(\d{1,2})\s*[\u6708\uc6d4]\s*(\d{1,2})\s*[\u65e5\uc77c]" + _CLOCK
_DMY = rf"(?<!\d)(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){_CLOCK}"
_SLASHED = r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)"
_D_NAME_Y = (
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?{_NAME}(?:\s+del?)?,?\s+(\d{{4}})(?!\d){_CLOCK}"
)
_NAME_D_Y = rf"(?<!\w){_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d){_CLOCK}"
_SLASHED_RE = re.compile(_SLASHED)
_DATE_RES = tuple(
    (re.compile(pattern, re.IGNORECASE), order)
    for pattern, order in (
        (_YMD, "ymd"),
        (_YMD_CJK, "ymd"),
        (_DMY, "dmy"),
        (_D_NAME_Y, "dny"),
        (_NAME_D_Y, "ndy"),
    )
)


def read_date(text: str, language: str | None = None) -> str | None:
    """The first complete date in a text as ``YYYY-MM-DD``, None where there is none or it is no real day.

    ``03/04/2023`` is another day in London than in New York: it is read where ``language`` says that the
    day comes first, or where the numbers leave no doubt.

    >>> read_date("by the news desk March 21, 2023 1:38 AM"), read_date("Stand: 08.07.2026 05:00 Uhr")
    ('2023-03-21', '2026-07-08')
    >>> read_date("Publi\u00e9 le 30 ao\u00fbt 2023"), read_date("March 2023"), read_date("31 February 2023")
    ('2023-08-30', None, None)
    >>> read_date("03/04/2023"), read_date("03/04/2023", "fr"), read_date("04/28/2023"), read_date("28/04/2023")
    (None, '2023-04-03', '2023-04-28', '2023-04-28')
    """
    for pattern, order in _DATE_RES:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups()[:3], strict=True))
            month = _MONTH_NUMBERS.get(parts["n"].casefold()) if "n" in parts else int(parts["m"])
            day, year = int(parts["d"]), int(parts["y"])
            if month and _is_day(year, month, day):
                return f"{year:04}-{month:02}-{day:02}"
    for match in _SLASHED_RE.finditer(text):
        found = _read_slashed(int(match[1]), int(match[3]), int(match[4]), language)
        if found:
            return found
    return None


def _read_slashed(first: int, second: int, year: int, language: str | None) -> str | None:
    """The day of two numbers whose order is not told, None where it is in doubt."""
    day_first = _is_day(year, second, first)
    month_first = _is_day(year, first, second) and language not in _DAY_FIRST
    if day_first and month_first and first != second:
        return None
    if day_first:
        return f"{year:04}-{second:02}-{first:02}"
    return f"{year:04}-{first:02}-{second:02}" if month_first else None


def _is_day(year: int, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1700 <= year <= 2200):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 29 if month == 2 and leap else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return day <= longest

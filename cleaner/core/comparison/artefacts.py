"""What a scraper glued to a paragraph or broke in it, taken away before two paragraphs are compared.

The typical true pair of real news is one artefact apart: "Advertisement" glued to the front, a
dateline, a byline, ``##``, a credit at the end. A guard that compares names and figures would block
such a pair. Nothing here changes a document: it prepares a comparison.
"""

import re
import unicodedata
from typing import NamedTuple

_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    }
)

# UTF-8 read as windows-1252 shows as runs that begin with one of these letters. The last byte of a
# closing quote has no character in windows-1252 and is often lost.
_MOJIBAKE_RE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_LOST_QUOTE_RE = re.compile(
    r"\u00e2\u20ac(?![\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u2122])"
)
_STRAY_RE = re.compile(r"\u00c2(?=[\s\W]|$)")
_LOST_APOSTROPHE_RE = re.compile(r"(?<=[a-z])\u00e2[\x80-\x99 ]{0,2}(?=(?:s|t|re|ve|ll|d|m)\b)")
_CYRILLIC_QUOTE_RE = re.compile(r"\u0432\u0402([\u2122\u02dc\u045a\u045c\u201c\u201d])")
_CYRILLIC_QUOTES = {
    "\u2122": "'", "\u02dc": "'", "\u045a": '"', "\u045c": '"', "\u201c": "-", "\u201d": "-",
}  # fmt: skip
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_LIGATURES = str.maketrans({"\u0153": "oe", "\u0152": "Oe", "\u00e6": "ae", "\u00c6": "Ae"})

_AGENCY = (
    r"(?:Reuters|AP|AFP|UPI|dpa|DPA|EFE|ANSA|ANI|PTI|IANS|TASS|Xinhua|Bloomberg|CNN|CBS|NBC|ABC|BBC|Kyodo|KYODO"
    r"|Agencies|(?:The\s)?Associated\sPress|Staff)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_CAPS = r"[^\W\d_a-z\u00df-\u00ff]"
_UPPER = "A-Z\u00c0-\u00de"
_PLACE = (
    rf"(?:{_CAPS}{{2}}[\w.'\- ]{{0,22}}(?:,\s[\w.'\- ]{{2,22}})?"
    rf"|{_CAPS}[\w.'\- ]{{2,22}}(?:,\s[\w.'\- ]{{2,22}})?)"
)
_DATE = rf"(?:{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
_PERSON = r"(?:[A-Z][\w'\-]*\.?(?:\s(?:de|van|von|der|al|el|bin|[A-Z][\w'\-]*\.?)){1,3})"

# At the head of a paragraph, each may follow another.
_HEAD_RE = re.compile(
    rf"""\s*(?:
      [#*\u2022\u00b7\u25aa\u25cf\u25a0\u25ba\u25b6\u2192>|~=_+^]+\s*        # heading marks and bullets
    | [-]{{1,3}}\s+
    | \d{{1,3}}[.)]\s+(?=[^\W\d_]|["'(])
    | (?:Advertisements?|ADVERTISEMENT|Advertisment|Sponsored\sContent|Promoted)
      (?:\s*[-:|]\s*|\s+|(?=[A-Z"']))(?=[A-Z"'\d(])
    | (?:Advert|advertisement|AD|Ad|Sponsored)(?:\s*[-:|]\s*|\s+)(?=[A-Z"'\d(])
    | (?i:story\scontinues\sbelow(?:\sadvertisement)?|article\scontinues\sbelow|continue\sreading(?:\sbelow)?
        |scroll\sdown\sto\scontinue|skip\s(?:past\s)?advert(?:isement)?)[.:]?\s*
    | (?:BREAKING|JUST\sIN|UPDATED?|WATCH|READ\sMORE|VIDEO|EXCLUSIVE|LISTEN)\s?(?:NEWS)?\s*[:|-]\s*
    | (?:Share|Tweet|Email|Print|Save|Facebook|Twitter)
      (?:[\s|]+(?:[Ss]hare|Tweet|Email|Print|Save|Facebook|Twitter|Pinterest|WhatsApp|LinkedIn|on|via|this)\b)+[\s|:]+
    | Story\shighlights:?\s+ | @highlight\s+ | Scroll\sdown\sfor\svideo:?\s+ | (?:Play|Close)\sVideo\s+
    | Media\splayback\sis\sunsupported\son\syour\sdevice\s+ | (?:Image|Media)\scaption:?\s+
    | Image\scopyright\s[\w/]{{2,20}}(?:\s[\w/]{{2,20}}){{0,2}}?\sImage\scaption:?\s+
    | (?:Hide|Show|toggle)\scaption\s+ | Enlarge\sthis\simage\s+ | Now\sPlaying:?\s+ | Loading\.\.\.\s+
    | (?P<told>
        (?i:by|from)\s{_PERSON}(?:,?\s(?:and|&)\s{_PERSON})?
        (?:\s*[,|/]\s*(?:{_AGENCY}|[A-Z][\w.\s]{{2,30}}?))?\s*(?:[|:]|\s-|\n)\s*
      | B[Yy](?:\s{_CAPS}[{_UPPER}.']+){{2,4}}(?:,?\s(?:AND|and)(?:\s[{_UPPER}.']{{2,}}){{2,3}})?
        (?:,?\s{_AGENCY})?\s+(?=[A-Z][a-z])                                            # By ANN LEE The ...
      | {_PLACE}(?:,?\s{_DATE})?\s*\({_AGENCY}(?:\sNews)?\)\s*(?:[-:.|]+\s*)?            # LONDON (Reuters) -
      | {_PLACE},?\s{_DATE}\s*(?:[-:|]+)\s+                                             # Paris, March 3 -
      | {_CAPS}{{3,}}(?:\s{_CAPS}{{2,}}){{0,2}}(?:,\s[\w.]{{2,14}})?\s*(?:--?|[:|\u2022])\s+(?=[A-Z"'\d])
      | \({_AGENCY}(?:\sNews)?\)\s*(?:[-:|]+\s*)?
      | \(?\d{{1,2}}:\d{{2}}(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{{2,4}})?\)?\s*(?:[-:|]\s*|(?=[A-Z]))
      )
    )""",
    re.VERBOSE,
)

# At the tail of a paragraph, each may stand before another.
_TAIL_RE = re.compile(
    rf"""(?:
      \s*[#*\u2022|~=_\u25a0\u25cf]+
    | (?<=[.!?"')\u2026])\s*(?i:advertisements?|advertisment|sponsored\scontent)\.?
    | (?<=[.!?"')\u2026])\s*
      (?i:(?:story|article)\scontinues\sbelow(?:\sadvertisement)?|continue\sreading(?:\sbelow)?)[.:]?
    | (?<=[.!?"')\u2026])\s*
      (?i:more\s?"|(?:read|learn|see|find\sout)\smore|click\shere|share\sthis|(?:read\s)?full\sstory)(?:\s(?:here|below))?[.:>]?
    | (?P<told>
        (?<=[.!?"')\u2026])\s*\(?
        (?:Photos?|Image|Picture|Credit|Source|Via|Photograph)(?:\s(?:by|credit|via))?\s?:\s?[^.!?]{{2,60}}\)?\.?
      | (?<=[.!?"')\u2026])\s*\(?
        (?:[\w.\s/]{{2,30}}/)?\s?
        (?:Getty\sImages|AP\sPhoto|AFP|Reuters|REUTERS|EPA|Shutterstock)\)?\.?
      | (?<=[.!?"'\u2026])\s*[-\u2022]\s?(?:{_AGENCY})(?:\sstaff)?\.?
      | (?<=[.!?"'\u2026])\s*\({_AGENCY}\)
      )
    | \s*\[(?:\.\.\.|\u2026|\u2026\s?\]?|&hellip;)\]?
    )\s*$""",
    re.VERBOSE,
)

_ENTITY_RE = re.compile(
    r"&(?:#\d{2,4}|#x[0-9a-fA-F]{2,4}|amp|quot|apos|nbsp|lt|gt|rsquo|lsquo|rdquo|ldquo|ndash|mdash|hellip);"
)
_ENTITIES = {
    "amp": "&", "quot": '"', "apos": "'", "nbsp": " ", "lt": "<", "gt": ">", "rsquo": "'", "lsquo": "'",
    "rdquo": '"', "ldquo": '"', "ndash": "-", "mdash": "-", "hellip": "...",
}  # fmt: skip
_URL_RE = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
_TAG_RE = re.compile(r"</?(?:p|b|i|em|strong|a|br|span|div|h[1-6])(?:\s[^<>]{0,80})?/?>", re.IGNORECASE)
_REFERENCE_RE = re.compile(r"\[\s?(?:\d{1,3}(?:\s?[,-]\s?\d{1,3})*|edit|citation needed)\s?\]")

GLUED = 5  # artefacts that may stand one after another
TAIL_CHARS = 200  # in which what is glued to the end begins
MIN_REST = 15  # characters that must remain: a paragraph that is an artefact as a whole stays one
MASK = "\0mask"  # what a masked place is read as
MASK_RE = re.compile(r"\*[A-Z][A-Z_]{2,}\*|\[[A-Z][A-Z_]{3,}\]|<[A-Z][A-Z_]{3,}>|\u2588+|\bX{3,}\b")
CUT_RE = re.compile(r"(?:\.\s?\.\s?\.|\u2026|\[\.\.\.\])")

_CLOSED_RE = re.compile(r"""[.!?\u3002\uff01\uff1f\u0964]["')\]]*\s*$""")


class Stripped(NamedTuple):
    """A paragraph ready to be compared, and how much damage the reader of the original would see."""

    text: str
    cruft: int  # characters that were glued to it and tell nothing
    told: int  # characters of its dateline, byline or credit
    damage: int  # masked or cut places, and mojibake
    cut: bool  # the last sentence does not close
    torn: bool  # the first sentence does not open


def strip_artefacts(text: str) -> Stripped:
    """The paragraph without what scrapers glue to it, with plain quotes, dashes and letters.

    >>> strip_artefacts("AdvertisementThe mayor resigned on Friday. ##").text
    'The mayor resigned on Friday.'
    >>> strip_artefacts("OSLO, March 3 (Reuters) - The mayor resigned.").text
    'The mayor resigned.'
    >>> strip_artefacts("The fine was *NUMBER* crowns, said Anna Ber...").damage
    2
    """
    plain, mojibake = _read_plain(text)
    body = plain
    told = 0
    for _ in range(GLUED):
        match = _HEAD_RE.match(body)
        if match is None or not match.group() or len(body) - match.end() < MIN_REST:
            break
        told += len(match["told"] or "")
        body = body[match.end() :]
    for _ in range(GLUED):
        match = _TAIL_RE.search(body, max(0, len(body) - TAIL_CHARS))
        if match is None or match.start() < MIN_REST:
            break
        told += len(match["told"] or "")
        body = body[: match.start()]
    body = body.strip()
    damage = mojibake + body.count(MASK) + len(CUT_RE.findall(body))
    cut = CUT_RE.search(plain[-6:]) is not None or _CLOSED_RE.search(body) is None
    torn = bool(body) and (body[0] in ",;:)]'" or body.lstrip("-\"'([ ")[:1].islower())
    return Stripped(body, len(plain) - len(body) - told, told, damage, cut, torn)


def _read_plain(text: str) -> tuple[str, int]:
    """Compatibility form with plain punctuation, tags, entities and addresses gone; the mojibake count."""
    mojibake = 0
    if not text.isascii():
        repaired, mojibake = _repair_mojibake(text)
        text = unicodedata.normalize("NFKC", repaired.replace("\u2026", "...").translate(_FOLD)).translate(
            _FOLD
        )
    if "&" in text:
        text = _ENTITY_RE.sub(_read_entity, text).translate(_FOLD)
    if "<" in text:
        text = _TAG_RE.sub(" ", text)
    if "[" in text:
        text = _REFERENCE_RE.sub("", text)
    if "http" in text or "www." in text or "pic.tw" in text:
        text = _URL_RE.sub(" ", text)
    return MASK_RE.sub(MASK, " ".join(text.split())), mojibake


def _read_entity(match: re.Match[str]) -> str:
    name = match.group()[1:-1]
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return chr(code)
    return _ENTITIES[name]


def _repair_mojibake(text: str) -> tuple[str, int]:
    """UTF-8 that was read as windows-1252, read again; text in order passes through unchanged."""
    found = 0

    def reread(match: re.Match[str]) -> str:
        nonlocal found
        try:
            letters = bytes(_to_byte(letter) for letter in match.group()).decode("utf-8")
        except (UnicodeError, ValueError):
            return match.group()
        found += 1
        return letters

    repaired = _MOJIBAKE_RE.sub(reread, text)
    if "\u00e2\u20ac" in repaired:
        repaired, lost = _LOST_QUOTE_RE.subn('"', repaired)
        found += lost
    if "\u00c2" in repaired:
        repaired, stray = _STRAY_RE.subn("", repaired)
        found += stray
    if "\u00e2" in repaired:
        repaired, lost = _LOST_APOSTROPHE_RE.subn("'", repaired)
        found += lost
    if "\u0432\u0402" in repaired:
        repaired, quotes = _CYRILLIC_QUOTE_RE.subn(lambda match: _CYRILLIC_QUOTES[match.group(1)], repaired)
        found += quotes
    return repaired.translate(_CONTROLS).translate(_LIGATURES), found


def _to_byte(letter: str) -> int:
    code = ord(letter)
    return code if code < 0x100 else letter.encode("cp1252")[0]

"""A corpus's own style: quotation marks, dashes, spellings. Off unless a profile is chosen.

A profile is a value; its rules are made from it. Digits are never touched, names and titles inside
quotations only when the profile says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.builtin import BuiltinRule, Find, Hit, Miss
from cleaner.stages.normalise import typography
from cleaner.stages.normalise.consistency import (
    HONORIFICS,
    NAME_AHEAD,
    find_quotations,
    lies_within,
    stands_in_address,
    with_case_of,
)

Style = Literal["keep", "plain", "typographic"]


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """Write ``use`` where a text has one of ``instead_of``, but for the phrases in ``unless_in``."""

    use: str
    instead_of: tuple[str, ...]
    unless_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What a corpus wants in one form; the defaults change nothing."""

    name: str = ""
    quotes: Style = "keep"
    dashes: Style = "keep"
    ellipses: Style = "keep"
    spaces: Literal["keep", "plain"] = "keep"
    honorifics: Literal["keep", "period", "bare"] = "keep"
    form: Literal["NFC", "NFKC"] = "NFC"
    inside_quotations: bool = False
    glossary: tuple[GlossaryEntry, ...] = ()


def make_rules(profile: Profile) -> tuple[BuiltinRule, ...]:
    """The rules of a profile, in order."""
    finders: dict[str, Find | None] = {
        "profile.form": typography.find_compatibility_forms if profile.form == "NFKC" else None,
        "profile.spaces": typography.find_odd_spaces if profile.spaces == "plain" else None,
        "profile.ellipsis": _outside_addresses(typography.ELLIPSES.get(profile.ellipses)),
        "profile.dash": _outside_addresses(typography.DASHES.get(profile.dashes)),
        "profile.quote": typography.QUOTES.get(profile.quotes),
        "profile.honorific": _make_honorific_finder(profile) if profile.honorifics != "keep" else None,
        "profile.glossary": _make_glossary_finder(profile) if profile.glossary else None,
    }
    return tuple(rule._replace(find=find) for rule in PROFILE_RULES if (find := finders[rule.id]))


def _outside_addresses(find: Find | None) -> Find | None:
    """The same, but for what it finds within addresses: they lead nowhere once a sign is changed."""
    if find is None:
        return None

    def find_outside(text: str, context: Context) -> Iterator[Edit]:
        return (edit for edit in find(text, context) if not stands_in_address(text, edit.start))

    return find_outside


def _make_honorific_finder(profile: Profile) -> Find:
    stop = "." if profile.honorifics == "period" else ""
    other = "" if stop else r"\."
    pattern = re.compile(rf"\b({'|'.join(HONORIFICS)}){other}{NAME_AHEAD}")

    def find(text: str, context: Context) -> Iterator[Edit]:
        quotations = [] if profile.inside_quotations else find_quotations(text)
        for match in pattern.finditer(text):
            if not lies_within(quotations, match.start()):
                yield Edit(*match.span(), match[1] + stop, (Cause("profile.honorific", "normalise"),))

    return find


def _make_glossary_finder(profile: Profile) -> Find:
    entry_of = {old.casefold(): entry for entry in profile.glossary for old in entry.instead_of}
    longest_first = sorted(entry_of, key=lambda old: (-len(old), old))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def find(text: str, context: Context) -> Iterator[Edit]:
        quotations = [] if profile.inside_quotations else find_quotations(text)
        for match in pattern.finditer(text):
            entry = entry_of.get(match.group().casefold())
            if entry is None or _stands_in(text, match, entry.unless_in):
                continue
            if not (lies_within(quotations, match.start()) or stands_in_address(text, match.start())):
                new = with_case_of(match.group(), entry.use)
                yield Edit(*match.span(), new, (Cause("profile.glossary", "normalise"),))

    return find


def _stands_in(text: str, match: re.Match[str], phrases: tuple[str, ...]) -> bool:
    """Whether a match lies within one of the phrases."""
    for phrase in phrases:
        near = text[max(0, match.start() - len(phrase)) : match.end() + len(phrase)].casefold()
        if phrase.casefold() in near:
            return True
    return False


_EXAMPLE = Profile(
    honorifics="period",
    glossary=(
        GlossaryEntry("Kyiv", ("Kiev",), ("chicken Kiev",)),
        GlossaryEntry("ceasefire", ("cease-fire",)),
        GlossaryEntry("Yurii Poita", ("Yuri Poita",)),
    ),
)
# The cases are of the profile "plain", of the glossary and titles those of a small example.
PROFILE_RULES = (
    BuiltinRule(
        "profile.form",
        "unsafe",
        "Compatibility forms (full width, styled letters) become plain ones; superscripts and fractions stay.",
        typography.find_compatibility_forms,
        hits=(Hit("\uff34\uff26", "TF"), Hit("No. \uff15", "No. 5")),
        misses=(Miss("plain"), Miss("caf\xe9"), Miss("20 m\xb2"), Miss("5\xbd of 10\xa0000, note \u2460")),
    ),
    BuiltinRule(
        "profile.spaces",
        "unsafe",
        "No-break and thin spaces become plain spaces; between digits they group a number and stay.",
        typography.find_odd_spaces,
        hits=(Hit("page\xa05 of", "page 5 of"), Hit("a\u2009b", "a b")),
        misses=(Miss("10\xa0000"), Miss("1\u202f500"), Miss("Oui\xa0!", "fr")),
    ),
    BuiltinRule(
        "profile.ellipsis",
        "unsafe",
        "One form of the ellipsis in a corpus.",
        typography.ELLIPSES["plain"],
        hits=(Hit("wait\u2026", "wait..."),),
        misses=(Miss("wait..."), Miss("wait....")),
    ),
    BuiltinRule(
        "profile.dash",
        "unsafe",
        "One form of the dash in a corpus.",
        typography.DASHES["plain"],
        hits=(
            Hit("one \u2013 two", "one - two"),
            Hit("one\u2014two", "one - two"),
            Hit("10\u201312", "10-12"),
        ),
        misses=(Miss("one - two"), Miss("well-known"), Miss("5 \u2212 3")),
    ),
    BuiltinRule(
        "profile.quote",
        "unsafe",
        "One form of quotation marks and apostrophes in a corpus.",
        typography.QUOTES["plain"],
        hits=(Hit("\u201cIt\u2019s late\u201d", '"It\'s late"'), Hit("\u201eJa\u201c", '"Ja"', "de")),
        misses=(Miss('"It\'s late"'), Miss("5\u2032 11\u2033")),
    ),
    BuiltinRule(
        "profile.honorific",
        "unsafe",
        "Mr or Mr. throughout a corpus.",
        _make_honorific_finder(_EXAMPLE),
        hits=(Hit("Mr Holt met Dr Lund", "Mr. Holt met Dr. Lund"),),
        misses=(
            Miss("Mr. Holt"),
            Miss("She said \u201cMr Holt left\u201d."),
            Miss("an MR scan, a dr in lower case"),
        ),
    ),
    BuiltinRule(
        "profile.glossary",
        "unsafe",
        "Names and words in the spelling that the corpus has chosen.",
        _make_glossary_finder(_EXAMPLE),
        hits=(
            Hit("Kiev's mayor, KIEV", "Kyiv's mayor, KYIV"),
            Hit("Cease-fire talks", "Ceasefire talks"),
            Hit("Yuri Poita of Kyiv", "Yurii Poita of Kyiv"),
        ),
        misses=(
            Miss("chicken Kiev with rice"),
            Miss("He said \u201cback to Kiev\u201d."),
            Miss("Yuri Ushakov and Yurii Poita"),
            Miss("Kievan Rus"),
            Miss("www.kiev.example, info@kiev.example, #Kiev, https://example.org/kiev-guide"),
        ),
    ),
)

"""Traces of machine translation in English: shapes that a native writer seldom makes. Hints, never edits.

Each is a pattern and nothing more; what needs understanding (a missing subject, a word with another
meaning) is out of reach. Several kinds together make a text probably translated.
"""

import re
from collections.abc import Iterator

from cleaner.core.document import Context
from cleaner.core.edits import Cause, Edit
from cleaner.stages.builtin import find_all, line_around

# Places whose name stands for a government: no "she", no "he".
_COUNTRIES = (
    "Afghanistan|Armenia|Australia|Austria|Azerbaijan|Belarus|Belgium|Brazil|Britain|Canada|China|Denmark|Egypt"
    "|Finland|France|Georgia|Germany|Greece|Hungary|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Japan"
    "|Lebanon|Mexico|Moldova|North Korea|Norway|Pakistan|Poland|Portugal|Qatar|Romania|Russia|Saudi Arabia"
    "|Serbia|Slovakia|South Korea|Spain|Sweden|Switzerland|Syria|Taiwan|Turkey|Ukraine|Venezuela|Vietnam"
)
_CAPITALS = (
    "Ankara|Beijing|Berlin|Brussels|Budapest|Cairo|Kiev|Kyiv|London|Minsk|Moscow|New Delhi|Ottawa|Paris"
    "|Pyongyang|Riyadh|Rome|Seoul|Tbilisi|Tehran|Tokyo|Vienna|Warsaw|Washington"
)
_PLACE_SUBJECT_RE = re.compile(rf"(?:{_COUNTRIES}|{_CAPITALS}) [a-z]+\b")
_PLACE_RE = re.compile(rf"\b(?:{_COUNTRIES}|{_CAPITALS})\b")
_PRONOUN_RE = re.compile(r"(?:She|He)(?= [a-z]+(?:ed|s|d)\b)")
_TWO_CAPITALS_RE = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+")
# A rare plain string is looked for first; the expression is asked only of what stands around it.
_VERBS = (" came ", " went ", " brings ", " brought ", " took ", " gave ", " got ", " made ")
_DOUBLED_VERB_RE = re.compile(
    r"(?P<verb>\w+)(?: (?!(?:that|what|who|when|where|as|he|she|it|they|we|I|you|and|or)\b)\w+){1,3}"
    r" (?P=verb)(?=[.,;]| or | and )"
)
_AUXILIARIES = (" has.", " have.", " had.", " was.", " were.", " is.")
_DANGLING_RE = re.compile(
    r"\b(?:to|of|in|by|for|with|from|at) (?:the |his |her |their |its )?\w{4,}"
    r" (?P<verb>has|have|had|was|were|is)(?=\.(?:\s|$|\u201d))"
)
_COMPARISON_RE = re.compile(
    r"\b(?:than|as|what|whatever|who|how|where|if|neither|nor|so|which|that|whether)\b[^.,;:\u2013\u2014]{0,60}$"
)
_FINAL_VERBS = (
    " brings ",
    " takes ",
    " makes ",
    " puts ",
    " gives ",
    " gets ",
    " keeps ",
    " holds ",
    " sends ",
)
_VERB_FINAL_RE = re.compile(
    r"\bby \w+ing\b[^.,;:\u2013\u2014]{8,80} (?P<verb>brings|takes|makes|puts|gives)"
    r" [A-Z]\w+(?=\.)"
)
_ARTICLE_RE = re.compile(
    r"he (?<=\b[Tt]he )(?:Saudi Arabia|Russia|China|Iran|Israel|Poland|Germany|France|Turkey|India|Japan"
    r"|Finland|Moscow|Kyiv|Kiev|Beijing|Putin|Xi|Zelenskyy?|Biden|Trump)"
    r"(?= (?:had|has|have|was|is|are|were|will|would|said|says)\b)"
)
_DEEDS = (" issued a", " made a", " gave a", " sent a", " took a", " imposed a", " announced a")
_TWO_ARTICLES_RE = re.compile(r"\ban? [A-Z]{2,} (?:issued|made|gave|sent|took|imposed|announced) an?\b")
_INITIAL_RE = re.compile(r" (?P<initial>[B-HJ-WYZ]) (?=[A-Z][a-z]{2,})")
# A letter behind such a word is its number: Vitamin C, Group B.
_LETTERED = (
    "Appendix|Block|Camp|Category|Class|Division|Exhibit|Gate|Grade|Group|Hall|Hepatitis|Level|Model|Phase|Plan|Pool|Room"
    "|Schedule|Section|Series|Terminal|Tier|Type|Unit|Vitamin|Wing|Zone"
)
_NAME_BEFORE_RE = re.compile(rf"\b(?!(?:{_LETTERED})$)[A-Z][a-z]{{2,}}$")
_HEADING_RE = re.compile(r"^[A-Z]{3,}(?: [A-Z]{3,})? BE [A-Z]{4,}$", re.MULTILINE)
_QUOTE_MARK_RE = re.compile('["\u201c\u201d]')
_PARAGRAPH = 1000  # so far to either side does a line without breaks count as one paragraph
_STRAY = (", he says.", ", she says.")


def find_pronouns_for_places(text: str, context: Context) -> Iterator[Edit]:
    """``She`` or ``He`` behind a sentence about a country or a capital that names no person."""
    for at in find_all(text, (". She ", ". He ")):
        pronoun = _PRONOUN_RE.match(text, at + 2)
        begin = max(text.rfind(". ", 0, at) + 1, text.rfind("\n", 0, at) + 1)
        before = text[begin:at].lstrip()
        if pronoun and _PLACE_SUBJECT_RE.match(before) and not _names_a_person(before):
            yield _mark(text, *pronoun.span(), "pronoun-for-country")


def find_doubled_verbs(text: str, context: Context) -> Iterator[Edit]:
    """The same verb before and behind its complement: one of them stands where another language has it."""
    for at in find_all(text, _VERBS):
        match = _DOUBLED_VERB_RE.match(text, at + 1)
        if match:
            yield _mark(text, *match.span(), "doubled-verb")


def find_dangling_auxiliaries(text: str, context: Context) -> Iterator[Edit]:
    """An auxiliary behind a complement at the end of a sentence that compares nothing."""
    for at in find_all(text, _AUXILIARIES):
        for match in _DANGLING_RE.finditer(text, max(0, at - 40), at + 8):
            if not _COMPARISON_RE.search(text, max(0, match.start() - 60), match.start()):
                yield _mark(text, *match.span("verb"), "dangling-auxiliary")


def find_final_verbs(text: str, context: Context) -> Iterator[Edit]:
    """A verb behind its complement, subject last."""
    for at in find_all(text, _FINAL_VERBS):
        match = _VERB_FINAL_RE.search(text, max(0, at - 110), at + 60)
        if match and match.start("verb") == at + 1:
            yield _mark(text, match.start("verb"), match.end(), "verb-final")


def find_articles_before_names(text: str, context: Context) -> Iterator[Edit]:
    """An article before a country, capital or person that acts."""
    for match in _ARTICLE_RE.finditer(text):
        yield _mark(text, match.start() - 1, match.end(), "article-before-name")


def find_two_articles(text: str, context: Context) -> Iterator[Edit]:
    """A clause in place of an attribute: ``an XYZ issued a``."""
    for at in find_all(text, _DEEDS):
        match = _TWO_ARTICLES_RE.search(text, max(0, at - 15), at + 15)
        if match:
            yield _mark(text, *match.span(), "clause-as-attribute")


def find_bare_initials(text: str, context: Context) -> Iterator[Edit]:
    """An initial without its full stop: proposed with it."""
    for match in _INITIAL_RE.finditer(text):
        if _NAME_BEFORE_RE.search(text, max(0, match.start() - 30), match.start()):
            causes = (Cause("translation.bare-initial", "normalise"),)
            yield Edit(*match.span("initial"), f"{match['initial']}.", causes)


def find_odd_headings(text: str, context: Context) -> Iterator[Edit]:
    """A heading in capitals with an uninflected ``BE``."""
    if " BE " in text:
        for match in _HEADING_RE.finditer(text):
            yield _mark(text, *match.span(), "heading-grammar")


def find_stray_attributions(text: str, context: Context) -> Iterator[Edit]:
    """``he says`` behind a sentence that quotes nobody, in a text that says ``said``."""
    places = list(find_all(text, _STRAY))
    if places and text.count(" said ") >= 2:
        for at in places:
            start, end = line_around(text, at)
            if not _QUOTE_MARK_RE.search(text, max(start, at - _PARAGRAPH), min(end, at + _PARAGRAPH)):
                yield _mark(text, at + 2, text.index(".", at), "stray-attribution")


def _names_a_person(sentence: str) -> bool:
    return _TWO_CAPITALS_RE.search(_PLACE_RE.sub("", sentence)) is not None


def _mark(text: str, start: int, end: int, kind: str) -> Edit:
    """A hint at a span that it does not know how to mend."""
    return Edit(start, end, text[start:end], (Cause(f"translation.{kind}", "normalise"),))

"""The words that carry facts and those that carry none: the vocabulary of the guard on facts.

Sets of folded keys, as :func:`cleaner.core.comparison.tokens.read_tokens` makes them. English first; of other
languages the small words and negations that news uses most.
"""

import re
import unicodedata
from functools import lru_cache

_KEPT_KEYS = 50_000  # of words that were read before


def fold_accents(word: str) -> str:
    """A Latin word without its accents, as words are compared.

    >>> fold_accents("tambi\u00e9n")
    'tambien'
    """
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    if parts[0] < "\u0300":
        parts = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", parts)


def _pairs(text: str) -> dict[str, str]:
    return {old: new for old, _, new in (pair.partition("/") for pair in text.split())}


# Two writings of one word: the first is read as the second.
SAME_KEYS = _pairs(
    "zero/0 one/1 two/2 three/3 four/4 five/5 six/6 seven/7 eight/8 nine/9 ten/10 eleven/11 twelve/12 "
    "thirteen/13 fourteen/14 fifteen/15 sixteen/16 seventeen/17 eighteen/18 nineteen/19 twenty/20 "
    "thirty/30 forty/40 fifty/50 sixty/60 seventy/70 eighty/80 ninety/90 jan/january feb/february "
    "apr/april aug/august sept/september sep/september oct/october nov/november dec/december percent/% "
    "pct/% us/us usa/us versus/vs v/vs mln/million bln/billion bn/billion kilometers/km kilometres/km "
    "kilometer/km kilometre/km kms/km metres/meters metre/meter kg/kilograms kilos/kilograms okay/ok "
    "gov/governor sen/senator rep/representative prof/professor sgt/sergeant lt/lieutenant gen/general "
    "col/colonel &/and towards/toward amongst/among whilst/while learnt/learned spelt/spelled "
    "burnt/burned grey/gray programme/program programmes/programs cheque/check tyre/tire tyres/tires "
    "aluminium/aluminum sceptical/skeptical practise/practice kerb/curb plough/plow mum/mom dollars/$ "
    "dollar/$ euros/\u20ac euro/\u20ac pounds/\u00a3 cents/cent"
)

_VARIANT_RE = re.compile(
    r"(?:[iy]s(?:e[drs]?|ers|ing|ations?)|our(?:s|ed|ing|able|ites?|hoods?|ful|al)?|tre[ds]?"
    r"|ll(?:ed|ing|ers?|ors?)|ogues?|ences?)$"
)
_KEY_CUTS = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able|ite|ites|hood|hoods|ful|al|)$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2})tre(s|d|)$"), r"ter\1"),
    (re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers|or|ors)$"), r"l\1"),
    (re.compile(r"(?<=[a-z]{3})ogue(s|)$"), r"og\1"),
    (re.compile(r"(?<=def|off|lic|ret)ence(s|)$"), r"ense\1"),
)  # fmt: skip


@lru_cache(_KEPT_KEYS)
def make_key(letters: str) -> str:
    """What a word, figure or sign is compared by."""
    if letters[0].isdigit():
        return letters.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", letters) else letters
    key = fold_accents(letters.casefold())
    if key in SAME_KEYS:
        return SAME_KEYS[key]
    if len(key) > 5 and _VARIANT_RE.search(key) and key.isascii():
        for pattern, new in _KEY_CUTS:
            key = pattern.sub(new, key)
    return key


def _words(text: str) -> frozenset[str]:
    return frozenset(map(make_key, text.split()))


def _opposites(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(map(make_key, pair.split("/"))) for pair in text.split())


# Two words that are one sign, or written as two letters as often.
PHRASES = {
    ("per", "cent"): "%",
    ("united", "states"): "us",
    ("united", "kingdom"): "uk",
    ("united", "nations"): "un",
    ("european", "union"): "eu",
}

# Words that may come, go or stand for one another without changing what is stated.
NEUTRAL = _words(
    "a an the that which who whom of s and to in on at for is was are were be been has have had do "
    "does did it its this these those so then as by with der die das den dem des ein eine einen einem "
    "einer eines und le la les l un une du de d et el los las una del y lo il gli i uno e o os da het "
    "een en van och att det som \u0438 \u0430 \u0432 \u043d\u0430 \u0447\u0442\u043e"
)

# Words whose loss is no loss of a fact, where no other word of substance stands in their place.
SOFT = _words(
    "also just now still recently too even currently meanwhile however already today yesterday "
    "tomorrow tonight later earlier well indeed really very quite again further here there both own "
    "himself herself itself themselves monday tuesday wednesday thursday friday saturday sunday mr "
    "mrs ms dr sir please ago mit auch noch aussi encore tambi\u00e9n anche "
    "\u0442\u0430\u043a\u0436\u0435 but or when where while"
)

# Of the neutral words those that stand for a name.
POINTERS = _words("this these those it its who which")

# What an attribution is made of.
SPEECH = _words(
    "said says say saying told tells added adds stated states noted notes explained according wrote "
    "writes reported reports announced sagte dit dijo disse ha \u0441\u043a\u0430\u0437\u0430\u043b"
)

SPEAKERS = _words(
    "he she they we officials official police ministry company spokesman spokeswoman spokesperson "
    "reporters statement people familiar matter interview news conference agency sources source "
    "authorities department release emailed"
)

# What makes the one that acts the one that is acted upon: "sued", "was sued".
PASSIVES = _words("is are was were be been being")

# Participles that do not end in "ed" or "en", and are written like the past: "told", "was told".
IRREGULAR = _words(
    "hit shot told sent led paid held cut hurt found sold bought built taught shown known thrown "
    "drawn born torn sworn put set fed met won lost left made brought caught kept read heard struck "
    "sued stuck spent thought felt meant seen done gone hung understood withdrawn overthrown split "
    "spread cast dealt fought sought shut lent"
)

# How clauses hang together, and who does what to whom: of these one stand for another.
CONNECTIVES = _words(
    "and or so but because although though if when while unless until since as than despite plus yet "
    "und oder aber denn weil wenn et ou mais car y o pero sino e ma per\u00f2 oppure ale lub albo i "
    "bo \u0438 \u0430 \u043d\u043e \u0438\u043b\u0438 mas porque parce perch\u00e9 "
    "\u043f\u043e\u0442\u043e\u043c\u0443 en maar"
)
ROLES = _words(
    "by to from for with against into under outside inside without toward via von durch gegen "
    "f\u00fcr mit aus par pour contre avec sans por para contra con sin da per contro przez dla od "
    "\u043e\u0442 \u0434\u043b\u044f \u043f\u0440\u043e\u0442\u0438\u0432"
)
PREPOSITIONS = ROLES | _words(
    "in on at of zu im am dans \u00e0 au en a di do na w z \u0432 \u043d\u0430 \u0441"
)

# Words that turn the sense of what stands around them.
NEGATIONS = _words(
    "not no never none neither nor without nobody nothing nowhere hardly barely scarcely fails "
    "failed refuses refused denies denied nicht kein keine keinen keiner nie niemals ohne pas jamais "
    "sans weder keinesfalls keineswegs aucun aucune rien ning\u00fan ninguna ninguno nada nadie "
    "jam\u00e1s tampoco nessun nessuno nessuna niente nulla nenhum nenhuma nem brak "
    "\u043d\u0438\u043a\u0442\u043e \u043d\u0438\u0447\u0435\u0433\u043e "
    "\u043d\u0435\u043b\u044c\u0437\u044f nigdy nikt ne non n\u00e3o nunca sin ni mai senza "
    "\u043d\u0435 \u043d\u0435\u0442 \u0431\u0435\u0437 \u043d\u0438 "
    "\u043d\u0438\u043a\u043e\u0433\u0434\u0430 bez niet geen zonder inte ingen aldrig ikke"
)

HEDGES = _words(
    "may might could would should can allegedly reportedly apparently possibly probably perhaps "
    "likely unlikely maybe purportedly supposedly presumably potentially alleged suspected accused "
    "believed claimed claims considering planning seems seemed appears appeared rumored rumoured "
    "unconfirmed angeblich vielleicht wohl peut presuntamente presunto forse tentatively expected "
    "almost nearly mutma\u00dflich mutma\u00dfliche mutma\u00dflichen kann k\u00f6nnte k\u00f6nnten "
    "soll sollen d\u00fcrfte m\u00f6glicherweise wahrscheinlich fast etwa rund beinahe peuvent "
    "pourrait pourraient aurait auraient serait pr\u00e9sum\u00e9 probablement presque environ puede "
    "pueden podr\u00eda podr\u00edan supuesto supuesta quiz\u00e1 probablemente casi unos pu\u00f2 "
    "possono potrebbe potrebbero presunta probabilmente quasi circa \u043c\u043e\u0436\u0435\u0442 "
    "\u043c\u043e\u0433\u0443\u0442 \u0432\u043e\u0437\u043c\u043e\u0436\u043d\u043e "
    "\u0432\u0435\u0440\u043e\u044f\u0442\u043d\u043e \u044f\u043a\u043e\u0431\u044b "
    "\u043f\u043e\u0447\u0442\u0438 \u043e\u043a\u043e\u043b\u043e mo\u017ce mog\u0105 podobno "
    "prawdopodobnie rzekomo prawie oko\u0142o partly partially about roughly approximately around"
)

CONDITIONS = _words(
    "if unless until except excluding only provided instead falls wenn si sauf sofern solange salvo "
    "excepto tranne \u0435\u0441\u043b\u0438 \u043a\u0440\u043e\u043c\u0435 je\u015bli chyba nur "
    "seulement solo solamente soltanto \u0442\u043e\u043b\u044c\u043a\u043e tylko"
)

# Words that change the fact when they alone are put before it: former, deputy, South, billion.
QUALIFIERS = _words(
    "former ex deputy acting vice assistant interim outgoing incoming late fake false anti pro non "
    "least most more less fewer over under up down half double twice some many few several all every "
    "each any first second third last next other another north south east west northern southern "
    "eastern western new old junior senior co elect million billion trillion thousand "
    "hundred hundreds thousands millions billions dozen dozens % $ \u20ac \u00a3 \u00a5 \u00b0 cent "
    "km miles meters feet kilograms pounds tonnes tons degrees celsius fahrenheit hours minutes days "
    "weeks months years off against step self failed attempted abandoned rejected aborted planned "
    "proposed mock temporary permanent partial preliminary provisional draft unofficial "
    "official initial potential possible tentative unanimous minor major severe mild foreign domestic "
    "local international average median annual monthly daily weekly quarterly estimated projected net "
    "gross voluntary mandatory conditional senior elder younger older female male adult armed unarmed "
    "civilian military nuclear fatal deadly total including ehemalige ehemaliger ehemaligen "
    "fr\u00fchere fr\u00fcherer fr\u00fcheren ancien ancienne ex exministro antiguo antigua vice "
    "\u0431\u044b\u0432\u0448\u0438\u0439 \u0431\u044b\u0432\u0448\u0430\u044f by\u0142y by\u0142a "
    "mehr weniger plus moins m\u00e1s menos pi\u00f9 meno \u0431\u043e\u043b\u0435\u0435 "
    "\u043c\u0435\u043d\u0435\u0435 \u0431\u043e\u043b\u044c\u0448\u0435 "
    "\u043c\u0435\u043d\u044c\u0448\u0435 wi\u0119cej mniej"
)

MONTHS = _words("january february march april may june july august september october november december")

WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")

UNITS = _words(
    "% $ \u20ac \u00a3 \u00a5 \u00b0 million billion trillion thousand hundred km miles meters feet "
    "kilograms tonnes tons degrees celsius fahrenheit hours minutes seconds days weeks months years "
    "cent inches mph kph grams liters litres acres hectares"
)

# Pairs of which one denies the other; with a few that look like typos of each other.
OPPOSITES = _opposites(
    "rose/fell up/down increase/decrease increased/decreased gained/lost won/lost more/less before/after "
    "above/below over/under north/south east/west northern/southern eastern/western his/her he/she "
    "him/her from/to with/without for/against yes/no true/false hot/cold guilty/innocent legal/illegal "
    "likely/unlikely accept/reject accepted/rejected approved/rejected approve/reject confirmed/denied "
    "confirm/deny arrived/departed opened/closed open/closed start/end began/ended first/last "
    "higher/lower high/low highest/lowest best/worst better/worse buy/sell bought/sold supported/opposed "
    "support/oppose allowed/banned men/women man/woman male/female son/daughter brother/sister "
    "mother/father husband/wife boy/girl day/night morning/evening am/pm win/lose winner/loser "
    "killed/injured rise/fall rises/falls rising/falling up/off all/some all/none always/never most/least "
    "many/few import/export imports/exports imported/exported left/right inside/outside joined/left "
    "hired/fired strong/weak stronger/weaker success/failure succeeded/failed old/young older/younger "
    "early/late earlier/later safe/unsafe able/unable happy/unhappy possible/impossible positive/negative "
    "democrat/republican democrats/republicans profit/loss profits/losses maximum/minimum casual/causal "
    "united/untied trail/trial today/yesterday today/tomorrow yesterday/tomorrow mr/mrs mr/ms "
    "later/latter diner/dinner desert/dessert planed/planned hoping/hopping staring/starring super/supper "
    "canon/cannon through/thorough immoral/immortal uniformed/uninformed adverse/averse angel/angle "
    "quite/quiet county/country and/or because/although because/despite since/although"
)

TENSES = _opposites("is/was are/were has/had have/had does/did do/did will/would")

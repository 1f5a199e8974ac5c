"""Words that hardly ever end a sentence, a heading or a label: articles, prepositions and the like."""

_ENGLISH = (
    "a an the and or nor of to from with by for as at into onto than that which whose his their "
    "its our your my is are was were be been has have had told between among via per against under "
    "over after before during including through without within like using such both every "
    "each another while when where because if but not will would can could should may might must"
)
# German, French, Spanish, Italian, Portuguese, Dutch, Polish.
_OTHER_LATIN = (
    "der die das den dem des ein eine einen einem einer und oder von zu zum zur mit f\u00fcr auf bei nach "
    "aus dass im am le la les un une du de et ou \u00e0 au aux par pour avec dans sur que qui est sont en "
    "el los las uno una unos unas del y o con por para e es son al lo su sus il gli di da dei della delle "
    "dello nel nella per che ed ai alla os as um uma do dos no na nos nas em ao aos com het een van met "
    "voor op te dat aan naar bij uit w z i od po przez dla przy oraz \u017ce ze we u"
)
_RUSSIAN = (
    "\u0432 \u0438 \u043d\u0430 \u0441 \u043a \u043e \u043e\u0442 \u0437\u0430 \u0434\u043b\u044f "
    "\u0438\u0437 \u043f\u043e \u0447\u0442\u043e \u043f\u0440\u0438 \u0434\u043e"
)
_GREEK = (
    "\u03c4\u03bf \u03c4\u03b7 \u03c4\u03b7\u03bd \u03c4\u03bf\u03bd \u03c4\u03bf\u03c5 "
    "\u03c4\u03b7\u03c2 \u03c4\u03c9\u03bd \u03bf \u03b7 \u03bf\u03b9 \u03c4\u03b1 \u03ba\u03b1\u03b9 "
    "\u03bc\u03b5 \u03c3\u03b5 \u03b1\u03c0\u03cc \u03b3\u03b9\u03b1"
)

LINKERS = frozenset(f"{_ENGLISH} {_OTHER_LATIN} {_RUSSIAN} {_GREEK}".split())
# These end a label of two words, too: "Log in", "Read on".
PARTICLES = frozenset({"in", "on"})
# Those that may be a sentence's first word; "No" and "Van" stand alone for other reasons.
OPENING_LINKERS = (LINKERS | PARTICLES) - {"no", "van", "den", "des", "as", "do", "via"}

"""The keys of a rule pack, with what they mean; ``rules/README.md`` is written from them."""

PACK_KEYS = {
    "name": "the file's place below rules/",
    "version": "SemVer; the hash of the file goes into every run's manifest",
    "languages": "two-letter codes; left out: documents in every language",
    "sites": "site packs only: host names; subdomains are meant, too",
    "extends": "packs that this one builds on: they are loaded with it, and their rules speak its languages, too",
    "description": "a sentence for readers",
}
IDENTITY_KEYS = {
    "id": 'category, a dot, and a name that reads well after "keep"; never reused',
    "why": "in a sentence, what the rule takes out",
    "scope": "what the rule looks at, see above",
    "action": "`remove` (default), `replace`, `capture` or `note`",
    "safety": "`safe` (default), `unsafe` or `hint`",
    "hits": "texts that the rule must hit: at least one",
    "misses": "texts as an article could hold them, which must stay: at least one",
}
MATCHER_KEYS = {
    "lines": "whole lines or sentences, compared folded: case, spaces, quotes, dashes, and marks at the edges "
    "(`: . ! \u00bb * ( )` ...) do not count",
    "inline": "phrases cut out of prose (scope `span` or `sentence`): they must open a sentence with a capital and be followed "
    "by a new sentence or the end; inside a quotation they stay",
    "regex": "a Python regular expression in `'''...'''`; must match the whole line or sentence, in `span` any part; case is "
    "ignored unless `case = true`",
    "case": "`true`: the regex minds case",
    "shape": "a named predicate, see below",
}
ACTION_KEYS = {
    "with": "the new text of `replace`; `\\1` or `\\g<name>` for groups",
    "field": "where the whole text goes in `capture` and `note`",
    "flag": "flags the document, too (`truncated`)",
}
GUARD_KEYS = {
    "max_words": "most words of the line, sentence or part; a regex has 40 unless it says otherwise",
    "min_words": "fewest words of the line, sentence or part",
    "not_regex": "the line, sentence or part must not hold this",
    "within_first": "among the first N lines that are not blank; sentences of one line count as lines",
    "within_last": "among the last N lines that are not blank; sentences of one line count as lines",
    "after_fraction": "not before this share of the document (0.5: second half)",
    "next_to": "the line before or after (blank ones passed over) is one of these: folded lines or shapes",
    "max_hits": "more hits than this in a document are hints; such a document is no evidence either",
    "min_keep_words": "so many words of the document must remain",
    "languages": "narrower than the pack's",
    "sites": "narrower than the pack's",
}
EXTENT_KEYS = {
    "min_run": "in a block: so many lines in a row (blank ones passed over) that match; all go together",
    "requires": "a shape that must occur: `{ shape = ..., min = ..., every = ... }`; in a span `to_end`: "
    "`{ regex = ..., min = ... }`, so many different texts that the regex finds in what is cut",
    "above": "in a block: the lines right above the anchor that belong to it: `{ shape = ..., max = ..., field = ... }`",
    "start": "in a section: the lines that open it",
    "until": "in a section: the lines that close it, inclusive",
    "body": "in a section: the shapes that its lines have",
    "to_end": "`true`: the section takes the rest of the document; needs `requires`, and a run of prose forbids it. In a span: "
    "what the regex matches behind the end of a sentence opens the end of a text without line breaks",
    "max_sentences": "in a section `to_end`: most lines that end as a sentence does, and no line of prose; in a span: most ends of "
    "sentences in what is cut (0)",
    "max_lines": "most lines of a section (200)",
}
RULE_KEYS = IDENTITY_KEYS | MATCHER_KEYS | ACTION_KEYS | GUARD_KEYS | EXTENT_KEYS
SCOPE_MEANINGS = {
    "line": "one whole line",
    "block": "a run of lines (`min_run`), or an anchor line with the lines right `above` it",
    "section": "a heading and what follows, up to `until` or as far as the `body` shapes reach",
    "span": "a part of a line: `inline` phrases and `regex`",
    "sentence": "one sentence of a line, or a whole line that is one sentence; finds cruft in articles without line breaks",
}
ACTION_MEANINGS = {
    "remove": "takes the text out",
    "replace": "puts `with` in its place; scopes line, sentence and span",
    "capture": "takes it out and into the metadata: named groups `(?P<authors>...)` of the regex, or the whole text into `field`",
    "note": "copies it into the metadata and leaves the text (titles)",
}
SAFETY_MEANINGS = {
    "safe": "applied; it is earned, not declared: see docs/rules.md",
    "unsafe": "applied at `--level aggressive` or with `--enable` only",
    "hint": "only reported",
}
PLACED_SHAPE_MEANINGS = {
    "equals-title": "the title that the document's source gives",
    "closing": "a label that closes pages: one that a safe rule removes and that stands behind articles (only in `shape` and "
    "`requires` of a section `to_end`)",
    "first-headline": "the first line that no rule takes away, if it reads like a headline",
    "known": "a line of this rule, or one that safe rules remove anywhere (only in `requires` of a block)",
}

"""One pack from its TOML source, with every mistake named by file, line and rule."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from cleaner.core.keys import PACK_KEYS, RULE_KEYS
from cleaner.core.matcher.guards import longest_text
from cleaner.core.matcher.sentences import LONGEST_SEARCH
from cleaner.core.patterns.backtracking import find_risk
from cleaner.core.patterns.regex import Regex
from cleaner.core.rules import (
    ACTIONS,
    CATEGORIES,
    FIELDS,
    SAFETIES,
    SCOPES,
    Action,
    Example,
    Neighbours,
    Requirement,
    Rule,
    Safety,
    Scope,
)
from cleaner.core.shapes import PLACED_SHAPES, SHAPES
from cleaner.core.text import fold
from cleaner.packs.shipped import shipped_folder

_ID_RE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE_RE = re.compile(r"[a-z]{2}")
_VERSION_RE = re.compile(r"\d+\.\d+\.\d+")
RULE_HEADER_RE = re.compile(r"^\s*\[\[\s*rule\s*\]\]", re.MULTILINE)
_GROUP_RE = re.compile(r"\(\?P<(\w+)>")
_NUMBERS = (
    "min_run", "max_lines", "max_sentences", "max_words", "min_words", "within_first", "within_last", "max_hits",
    "min_keep_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of rules. ``sha256`` is the hash of its bytes; it goes into the manifest of every run."""

    name: str
    version: str
    path: str
    sha256: str
    languages: frozenset[str]
    sites: frozenset[str]
    extends: tuple[str, ...]
    rules: tuple[Rule, ...]


def parse_pack(name: str, path: Path, source: str, sha256: str, problems: list[str]) -> Pack | None:
    """A pack from its TOML source; ``path`` is only named in problems and in each rule's ``where``."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        problems.append(_syntax_problem(path, str(error)))
        return None
    return _PackReader(name, path, source, problems).read(table, sha256)


def _syntax_problem(path: Path, message: str) -> str:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    where = f"{path}:{place[1]}:{place[2]}" if place else str(path)
    said = message.split(" (at ")[0]
    return f"{where}: TOML syntax: {said}; strings need quotes, regexes '''three single ones'''"


class _PackReader:
    """Reads the tables of one file; keeps where each rule stands, to name the line of a mistake."""

    def __init__(self, name: str, path: Path, source: str, problems: list[str]) -> None:
        self.name, self.path, self.source, self.problems = name, path, source, problems
        self._headers = [source.count("\n", 0, match.end()) + 1 for match in RULE_HEADER_RE.finditer(source)]
        # Shipped patterns are checked by the tests of this project, not at every start.
        self._trusted = path.is_relative_to(shipped_folder())
        self._number = 0
        self._rule_id = ""
        self._failed = False

    def read(self, table: dict[str, Any], sha256: str) -> Pack | None:
        unknown = set(table) - {"pack", "rule"}
        for key in sorted(unknown):
            self._report(f"unknown table [{key}]; a pack holds [pack] and [[rule]]", line=1)
        head = table.get("pack", {})
        rows = table.get("rule", [])
        if not isinstance(head, dict) or not isinstance(rows, list):
            self._report("[pack] is one table, [[rule]] a list of tables", line=1)
            return None
        for key in sorted(set(head) - set(PACK_KEYS)):
            self._report(
                f"[pack] unknown key {key!r}; known: {', '.join(sorted(PACK_KEYS))}",
                line=self._line_of(key, 1),
            )
        version = str(head.get("version", "0.0.0"))
        if not _VERSION_RE.fullmatch(version):
            self._report(f"[pack] version {version!r} is not like 1.0.0", line=self._line_of("version", 1))
        languages = self._languages(head, self._line_of("languages", 1))
        sites = frozenset(self._strings(head, "sites"))
        rules = []
        for number, row in enumerate(rows):
            self._number, self._rule_id, self._failed = number, "", False
            if not isinstance(row, dict):
                self._report("a rule is a table")
                continue
            rule = self._rule(row, languages, sites)
            if rule is not None and not self._failed:
                rules.append(rule)
        extends = tuple(self._strings(head, "extends"))
        return Pack(self.name, version, str(self.path), sha256, languages, sites, extends, tuple(rules))

    def _line_of(self, key: str, start: int) -> int:
        lines = self.source.split("\n")
        stop = next((header for header in self._headers if header > start), len(lines) + 1)
        for number in range(start, min(stop, len(lines) + 1)):
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", lines[number - 1]):
                return number
        return start

    @property
    def _header(self) -> int:
        return self._headers[self._number] if self._number < len(self._headers) else 1

    def _report(self, message: str, *, key: str | None = None, line: int | None = None) -> None:
        self._failed = True
        number = line or (self._line_of(key, self._header) if key else self._header)
        rule = f" rule {self._rule_id or '?'}:" if line is None else ""
        self.problems.append(f"{self.path}:{number}:{rule} {message}")

    def _strings(self, row: Mapping[str, Any], key: str) -> list[str]:
        value = row.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) and item for item in values):
            self._report(f"{key} is a string or a list of strings that are not empty", key=key)
            return []
        return values

    def _languages(self, row: Mapping[str, Any], line: int | None = None) -> frozenset[str]:
        codes = self._strings(row, "languages")
        for code in codes:
            if not _LANGUAGE_RE.fullmatch(code):
                self._report(
                    f"language {code!r} is not a two-letter code such as 'en'", line=line, key="languages"
                )
        return frozenset(codes)

    def _choice(
        self, row: Mapping[str, Any], key: str, choices: Sequence[str], default: str | None = None
    ) -> str:
        value = row.get(key, default)
        if value not in choices:
            self._report(f"{key} is one of {', '.join(choices)}, not {value!r}", key=key)
            return choices[0]
        return cast(str, value)

    def _patterns(self, row: Mapping[str, Any], key: str) -> tuple[Regex, ...]:
        flags = re.NOFLAG if row.get("case") is True else re.IGNORECASE
        anywhere = key == "not_regex" or row.get("scope") == "span"
        longest = LONGEST_SEARCH if row.get("scope") == "span" else longest_text(row.get("max_words"))
        patterns = [Regex(source, flags) for source in self._strings(row, key)]
        for pattern in () if self._trusted else patterns:
            try:
                risk = find_risk(pattern.compiled, longest=longest, anywhere=anywhere)
            except (re.error, OverflowError, RecursionError) as error:
                self._report(f"{key}: bad regex: {error}", key=key)
                continue
            if risk:
                self._report(f"{key}: could take forever: {risk}; use (?>...) or simpler parts", key=key)
        return tuple(patterns)

    def _shapes(self, names: Sequence[str], key: str) -> tuple[str, ...]:
        for name in names:
            if name not in SHAPES and (name not in PLACED_SHAPES or (name == "known" and key != "requires")):
                self._report(
                    f"{key}: no shape {name!r}; known: {', '.join([*SHAPES, *PLACED_SHAPES])}", key=key
                )
        return tuple(name for name in names if name in SHAPES or name in PLACED_SHAPES)

    def _keys(self, row: Mapping[str, Any], key: str) -> frozenset[str]:
        keys = set()
        for line in self._strings(row, key):
            folded = fold(line)
            if not folded:
                self._report(f"{key}: {line!r} folds to nothing, it would match every line of marks", key=key)
            keys.add(folded)
        return frozenset(keys)

    def _rule(self, row: dict[str, Any], languages: frozenset[str], sites: frozenset[str]) -> Rule | None:
        rule_id = row.get("id")
        self._rule_id = str(rule_id)
        if not isinstance(rule_id, str) or not _ID_RE.fullmatch(rule_id):
            self._report(f"id {rule_id!r} is not like category.bad-thing", key="id")
        elif rule_id.partition(".")[0] not in CATEGORIES:
            self._report(
                f"no category {rule_id.partition('.')[0]!r}; known: {', '.join(CATEGORIES)}", key="id"
            )
        for key in sorted(set(row) - set(RULE_KEYS)):
            self._report(f"unknown key {key!r}; known: {', '.join(sorted(RULE_KEYS))}", key=key)
        why = row.get("why")
        if not isinstance(why, str) or not why.strip():
            self._report("why is missing; say in a sentence what the rule takes out", key="why")
        for key in _NUMBERS:
            if key in row and (not isinstance(row[key], int) or isinstance(row[key], bool) or row[key] < 1):
                self._report(f"{key} is a whole number from 1, not {row[key]!r}", key=key)
        fraction = row.get("after_fraction")
        if fraction is not None and not (isinstance(fraction, int | float) and 0 < fraction <= 1):
            self._report(
                f"after_fraction is a number above 0 and at most 1, not {fraction!r}", key="after_fraction"
            )
        scope = self._choice(row, "scope", SCOPES)
        action = self._choice(row, "action", ACTIONS, "remove")
        safety = self._choice(row, "safety", SAFETIES, "safe")
        patterns, guard = self._patterns(row, "regex"), self._patterns(row, "not_regex")
        hits, misses = self._examples(row, "hits"), self._examples(row, "misses")
        field = row.get("field")
        if field is not None and field not in FIELDS:
            self._report(f"field is one of {', '.join(FIELDS)}, not {field!r}", key="field")
        if self._failed:
            return None
        number = {key: row[key] for key in _NUMBERS if key in row}
        own_languages = self._languages(row) or languages
        rule = Rule(
            id=self._rule_id,
            why=str(why).strip(),
            scope=cast(Scope, scope),
            action=cast(Action, action),
            safety=cast(Safety, safety),
            lines=self._keys(row, "lines"),
            inline=tuple(self._strings(row, "inline")),
            regex=patterns,
            shape=self._shapes(self._strings(row, "shape"), "shape"),
            replacement=str(row.get("with", "")),
            field=field,
            flag=row.get("flag"),
            above=self._above(row),
            start=self._keys(row, "start"),
            until=self._keys(row, "until"),
            requires=self._requires(row),
            body=self._shapes(self._strings(row, "body"), "body"),
            to_end=row.get("to_end") is True,
            not_regex=guard[0] if guard else None,
            after_fraction=fraction,
            next_to=tuple(name if name in SHAPES else fold(name) for name in self._strings(row, "next_to")),
            languages=own_languages,
            sites=frozenset(self._strings(row, "sites")) or sites,
            hits=hits,
            misses=misses,
            pack=self.name,
            where=f"{self.path}:{self._header}",
            **number,
        )
        self._check_sense(rule, row)
        return rule

    def _check_sense(self, rule: Rule, row: Mapping[str, Any]) -> None:
        """What is well-formed by itself but makes no rule together."""
        if rule.requires and rule.requires.shape == "known" and rule.scope != "block":
            self._report("requires known lines belongs to scope block", key="requires")
        if rule.requires and rule.requires.shape == "closing" and not rule.to_end:
            self._report("requires closing lines belongs to a section to_end", key="requires")
        if "closing" in rule.shape and rule.scope != "section":
            self._report("closing lines open a section; they belong to no other scope", key="shape")
        if rule.max_sentences is not None and not rule.to_end:
            self._report("max_sentences belongs to a section or span to_end", key="max_sentences")
        if rule.requires and rule.requires.regex and not (rule.scope == "span" and rule.to_end):
            self._report("requires regex belongs to a span to_end; elsewhere it is a shape", key="requires")
        if rule.scope == "span" and rule.to_end and rule.requires and not rule.requires.regex:
            self._report("a span to_end requires a regex; a shape belongs to a section", key="requires")
        matchers = bool(rule.lines or rule.inline or rule.regex or rule.shape)
        if rule.scope == "section" and not rule.start and "closing" not in rule.shape:
            self._report("a section needs start, the lines that open it, or the shape closing")
        if rule.scope == "section" and not (rule.until or rule.body or rule.to_end):
            self._report("a section needs until, body or to_end, or it has no end")
        if rule.to_end and rule.requires is None:
            self._report(
                "to_end needs requires, a shape or regex that proves that the rest is no article",
                key="to_end",
            )
        if rule.to_end and rule.scope not in ("section", "span"):
            self._report("to_end belongs to a section or a span", key="to_end")
        if rule.scope != "section" and not matchers:
            self._report("a rule needs lines, inline, regex or shape")
        if rule.inline and rule.scope not in ("span", "sentence"):
            self._report("inline belongs to scope span or sentence", key="inline")
        if rule.scope == "span" and (rule.lines or rule.shape):
            self._report(
                "a span is matched by inline or regex; lines and shape belong to other scopes", key="scope"
            )
        if rule.action == "replace" and rule.scope in ("block", "section"):
            self._report("replace belongs to scope line, sentence or span", key="action")
        if rule.action == "replace" and "with" not in row:
            self._report("replace needs with, the new text", key="action")
        groups = {name for pattern in rule.regex for name in _GROUP_RE.findall(pattern.pattern)}
        if rule.action in ("capture", "note") and not (rule.field or groups & set(FIELDS) or rule.above):
            self._report(
                f"{rule.action} needs field, or a named group of the regex such as (?P<authors>...)",
                key="action",
            )
        if not rule.hits:
            self._report("hits is missing: at least one text that the rule must hit", key="hits")
        if not rule.misses:
            self._report(
                "misses is missing: at least one text, as an article could say it, that must stay",
                key="misses",
            )

    def _above(self, row: Mapping[str, Any]) -> Neighbours | None:
        table = row.get("above")
        if table is None:
            return None
        if not isinstance(table, dict) or not set(table) <= {"shape", "max", "field"} or "shape" not in table:
            self._report("above is { shape = ..., max = ..., field = ... }", key="above")
            return None
        self._shapes([str(table["shape"])], "above")
        return Neighbours(str(table["shape"]), int(table.get("max", 1)), table.get("field"))

    def _requires(self, row: Mapping[str, Any]) -> Requirement | None:
        table = row.get("requires")
        if table is None:
            return None
        if isinstance(table, dict) and set(table) <= {"regex", "min"} and isinstance(table.get("regex"), str):
            found = self._patterns({**row, "requires": table["regex"]}, "requires")
            return Requirement(min=int(table.get("min", 1)), regex=found[0]) if found else None
        if not isinstance(table, dict) or not set(table) <= {"shape", "min", "every"} or "shape" not in table:
            self._report(
                "requires is { shape = ..., min = ..., every = ... } or { regex = ... }", key="requires"
            )
            return None
        self._shapes([str(table["shape"])], "requires")
        return Requirement(str(table["shape"]), int(table.get("min", 1)), int(table.get("every", 8)))

    def _examples(self, row: Mapping[str, Any], key: str) -> tuple[Example, ...]:
        examples = []
        values = row.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and value:
                examples.append(Example(value))
            elif isinstance(value, dict) and isinstance(value.get("text"), str):
                captured = {name: said for name, said in value.items() if name not in ("text", "becomes")}
                for name in sorted(set(captured) - set(FIELDS)):
                    self._report(f"{key}: no field {name!r}; known: {', '.join(FIELDS)}", key=key)
                examples.append(Example(value["text"], value.get("becomes"), captured))
            else:
                self._report(
                    f"{key} holds texts, or tables {{ text = ..., becomes = ..., authors = [...] }}", key=key
                )
        return tuple(examples)

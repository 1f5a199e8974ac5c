"""Build ``cleaner/core/confusables.py`` from Unicode's confusables data (UTS #39).

    python benchmarks/build_confusables.py confusables.txt cleaner/core/confusables.py

``confusables.txt`` is https://www.unicode.org/Public/security/<version>/confusables.txt. Kept are letters of
alphabets that people mix with Latin by mistake or to deceive, where one letter of the same case looks
the same, with the same accents. Unicode's data go through prototypes (a capital I counts as a small l),
so letters are compared by the prototype that they share.
"""

import re
import sys
import unicodedata
from pathlib import Path

SCRIPTS = ("GREEK", "CYRILLIC", "ARMENIAN")
ROW_RE = re.compile(r"^([0-9A-F]{4,6}) ;\s*([0-9A-F ]+?) ;\s*MA", re.MULTILINE)
ASCII_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def read_prototypes(table: str) -> dict[str, str]:
    """Each character's prototype, as the table gives it."""
    return {
        chr(int(source, 16)): "".join(chr(int(code, 16)) for code in target.split())
        for source, target in ROW_RE.findall(table)
    }


def find_look_alikes(prototypes: dict[str, str]) -> dict[str, str]:
    """Letters of the scripts, each with the Latin letter of the same case that looks the same."""
    by_shape: dict[tuple[str, bool], list[str]] = {}
    for letter in ASCII_LETTERS:
        by_shape.setdefault((prototypes.get(letter, letter), letter.isupper()), []).append(letter)
    plain = {}
    for letter, prototype in sorted(prototypes.items()):
        if unicodedata.name(letter, "").split(" ")[0] in SCRIPTS and unicodedata.category(letter) in (
            "Lu",
            "Ll",
        ):
            candidates = by_shape.get((prototype, letter.isupper()), [])
            if len(candidates) == 1:
                plain[letter] = candidates[0]
    accented = {}
    for code in range(0x370, 0x530):
        base, *marks = unicodedata.normalize("NFD", chr(code))
        if marks and base in plain:
            latin = unicodedata.normalize("NFC", plain[base] + "".join(marks))
            if len(latin) == 1:
                accented[chr(code)] = latin
    return plain | accented


def write_module(look_alikes: dict[str, str], version: str) -> str:
    """The module's text: characters outside ASCII as escapes, with their names."""
    rows = []
    for letter, latin in sorted(look_alikes.items()):
        shown = latin if latin.isascii() else f"\\u{ord(latin):04x}"
        rows.append(f'    "\\u{ord(letter):04x}": "{shown}",  # {unicodedata.name(letter)}')
    return "\n".join(
        [
            '"""Letters of other alphabets that look like a Latin letter: generated, do not edit.',
            "",
            f"From Unicode's confusables data, version {version}, by ``benchmarks/build_confusables.py``.",
            "Copyright 2020 Unicode, Inc.; terms of use: https://www.unicode.org/copyright.html",
            '"""',
            "",
            "LATIN_LOOK_ALIKES = {",
            *rows,
            "}",
            "",
        ]
    )


if __name__ == "__main__":
    table = Path(sys.argv[1]).read_text(encoding="utf-8-sig")
    found_version = re.search(r"^# Version: (\S+)", table, re.MULTILINE)
    module = write_module(
        find_look_alikes(read_prototypes(table)), found_version[1] if found_version else "unknown"
    )
    Path(sys.argv[2]).write_text(module, encoding="utf-8")

"""The page's file: a template, a style, a script, and JSON that no browser takes for markup.

Scraped text stands only in data blocks, with ``<`` escaped; the script shows it by ``textContent``.
The policy allows this one script by its hash, and neither network nor any other script.
"""

import base64
import gzip
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleaner.report.ledger import dump_json
from cleaner.report.page.volumes import Volume

_FOLDER = Path(__file__).parent
# In the order in which they build on each other.
_SCRIPTS = (
    "dom",
    "run",
    "overview",
    "documents",
    "changes",
    "document",
    "disagree",
    "rules",
    "keys",
    "start",
)
_PLACE_RE = re.compile(r"@@([A-Z]+)@@")
CHUNK = 64  # documents that are opened together
# Small runs stay readable and the same for every zlib; larger ones are packed.
PLAIN_CHARACTERS = 400_000


def fill_template(run: dict[str, Any], volume: Volume) -> bytes:
    """The page over a run; the bodies of ``volume`` are opened on demand."""
    script = "\n".join(_read(f"{name}.js") for name in _SCRIPTS)
    style = _read("page.css")
    packed = volume.size > PLAIN_CHARACTERS
    blocks = [_data_block("run", "application/json", dump_json(run))]
    blocks += [_chunk_block(number, chunk, packed) for number, chunk in enumerate(volume.chunks(CHUNK))]
    filled = {"POLICY": _policy(script, style), "STYLE": style, "DATA": "\n".join(blocks), "SCRIPT": script}
    pieces = _PLACE_RE.split(_read("page.html"))
    pieces[1::2] = [filled[name] for name in pieces[1::2]]
    return ("".join(pieces) + "\n").encode("utf-8")


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8").strip()


def _policy(script: str, style: str) -> str:
    def allow(content: str) -> str:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        return f"'sha256-{digest}'"

    return (
        f"default-src 'none'; script-src {allow(script)}; style-src {allow(style)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'"
    )


def _chunk_block(number: int, bodies: Sequence[str], packed: bool) -> str:
    content = f"[{','.join(bodies)}]"
    if not packed:
        return _data_block(f"chunk-{number}", "application/json", content)
    squeezed = gzip.compress(content.encode(), compresslevel=6, mtime=0)
    return _data_block(f"chunk-{number}", "application/gzip", base64.b64encode(squeezed).decode())


def _data_block(id: str, type: str, content: str) -> str:
    """A script element that does not run; JSON and base64 never need a raw ``<``."""
    escaped = content.replace("<", "\\u003c")
    return f'<script type="{type}" id="{id}">{escaped}</script>'

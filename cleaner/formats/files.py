"""Folders and files as input; a tree of files as output."""

import contextlib
import filecmp
import glob
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import CleanerError, UnreadableError
from cleaner.formats.remote import RemoteFile, is_remote, list_remote
from cleaner.formats.rows import WHOLE_FILES, Kind
from cleaner.formats.streams import COMPRESSED_SUFFIXES, CountedFile, open_stream

FOLDERS = ("text", "changes", "corpus")  # in OUT
JOURNAL = ".run.jsonl"  # in OUT while a run is at work, or was interrupted
TEXT_SUFFIXES = (".txt", ".text", ".md")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_RECORD_SUFFIXES: dict[str, Kind] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
_LONGEST_NAME = 255  # bytes
_LONGEST_ENDING = (".json", "#1000000000.txt.json")  # after the name of a text, of a file of records
_PAGE_HEAD_RE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_RECORD_NAME_RE = re.compile(r"(.+)#\d+\.txt\Z", re.DOTALL)


class Source(NamedTuple):
    """A file to clean: ``id`` is its path below the input, with slashes; ``name`` that of its output.

    A file of any kind but text and HTML holds records; their ids are ``id#number``.
    """

    id: str
    name: str
    path: Path | RemoteFile
    kind: Kind = "text"
    size: int = 0


class Skipped(NamedTuple):
    """A member of an input folder that is passed over, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command line's inputs hold, in a fixed order."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def find_inputs(
    inputs: Sequence[str], out: Path | None = None, *, records: bool = False, kind: Kind | None = None
) -> Inputs:
    """The files of all inputs: files as named, folders walked (links not followed, ``out`` left out), globs.

    With ``records`` also pages of HTML and files of records (JSONL, CSV, ...); ``kind`` says what all files are. Raises
    CleanerError, with all problems in its text, for an input that is missing or holds no text file, for ``out``
    equal to an input, and for two files with one output name in it.
    """
    sources: list[Source] = []
    skipped: list[Skipped] = []
    problems: list[str] = []
    for given in filter(is_remote, inputs):
        try:
            sources.extend(_list_sources(given, len(inputs) > 1, records, kind))
        except CleanerError as error:
            problems.append(str(error))
    named = [path for given in inputs if not is_remote(given) for path in _expand(given, problems)]
    paths = list(dict(zip(map(Path.absolute, named), named, strict=True)).values())  # twice named counts once
    several = len(paths) > 1 or len(inputs) > 1
    for path in paths:
        prefix = f"{path.resolve().name}/" if several and path.is_dir() else ""
        if out is not None and _same(path, out):
            problems.append(f"{path}: is the output folder, too; choose another with -o")
        elif path.is_dir():
            try:
                found = list(_walk(path, out, records, kind))
            except OSError as error:
                problems.append(f"{path}: cannot be listed ({error.strerror})")
                continue
            members = [entry for entry in found if isinstance(entry, Source)]
            if not members:
                suffixes = (*TEXT_SUFFIXES, *((*PAGE_SUFFIXES, *_RECORD_SUFFIXES) if records else ()))
                problems.append(f"{path}: holds no text files ({', '.join(suffixes)})")
            sources.extend(
                entry._replace(id=prefix + entry.id, name=prefix + entry.name) for entry in members
            )
            skipped.extend(Skipped(prefix + e.id, e.reason) for e in found if isinstance(e, Skipped))
        elif not stat.S_ISREG(path.stat().st_mode):
            problems.append(f"{path}: is no regular file")
        else:
            found_kind = kind or (tell_kind(path) if records else "text")
            sources.append(Source(path.name, output_name(path.name), path, found_kind, path.stat().st_size))
    if out is not None:
        problems.extend(_clashes(sources))
    if problems:
        raise CleanerError("\n".join(problems))
    return Inputs(tuple(sources), tuple(skipped))


def _list_sources(url: str, several: bool, records: bool, kind: Kind | None) -> list[Source]:
    """The files at a URL that can be read."""
    prefix = f"{url.rstrip('/').rpartition('/')[2]}/" if several else ""
    found = list(list_remote(url))
    alone = len(found) == 1 and found[0][0] == url.rpartition("/")[2]
    sources = []
    for name, file in found:
        by_name = _kind_by_name(name)
        if alone or by_name == "text" or (by_name and records):
            id = name if alone else prefix + name
            sources.append(Source(id, output_name(id), file, kind or by_name or "text", file.stat().st_size))
    if not sources:
        raise CleanerError(f"{url}: holds no text files")
    return sources


def _kind_by_name(name: str) -> Kind | None:
    """What a file holds by its name; None where the name does not tell.

    >>> _kind_by_name("part-1.JSONL.gz"), _kind_by_name("a.txt.xz"), _kind_by_name("photo.png")
    ('jsonl', 'text', None)
    """
    name = name.lower()
    for suffix in COMPRESSED_SUFFIXES:
        name = name.removesuffix(suffix)
    if name.endswith(TEXT_SUFFIXES):
        return "text"
    if name.endswith(PAGE_SUFFIXES):
        return "html"
    return next((kind for suffix, kind in _RECORD_SUFFIXES.items() if name.endswith(suffix)), None)


def tell_kind(path: Path) -> Kind:
    """What a file that the user named holds, by its name, else by its content; text where neither tells."""
    return _kind_by_name(path.name) or _kind_by_content(path) or "text"


def _kind_by_content(path: Path) -> Kind | None:
    """What a file holds by how it begins."""
    try:
        with path.open("rb") as file:
            head = open_stream(CountedFile(file)).peek(4096)
    except (OSError, UnreadableError):
        return None
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if _PAGE_HEAD_RE.match(head):
        return "html"
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0].rstrip()
    if first.startswith(b'{"'):
        return "jsonl" if first.endswith(b"}") else "json"
    return "json" if first.startswith((b"[{", b"[")) and len(first) == 1 else None


def _expand(given: str, problems: list[str]) -> list[Path]:
    path = Path(given)
    try:
        exists = path.exists()
    except OSError as error:  # in a folder that may not be entered, or a name that is too long
        problems.append(f"{given}: cannot be looked up ({error.strerror})")
        return []
    if given and exists:  # an empty name would be this folder: most likely a variable that was not set
        return [path]
    # Path.glob refuses absolute patterns, and users type them.
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        problems.append(f"{given or repr(given)}: no such file or folder")
    return [Path(match) for match in matches]


def _same(path: Path, other: Path) -> bool:
    return path.resolve() == other.resolve()


def _walk(folder: Path, out: Path | None, records: bool, kind: Kind | None) -> Iterator[Source | Skipped]:
    """The members of a folder, sorted by name, deepest folders in their place."""
    closed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(root)
        below = here.relative_to(folder)
        folders.sort()
        for name in list(folders):
            child = here / name
            if child.is_symlink():
                folders.remove(name)
                yield Skipped((below / name).as_posix(), "link to a folder")
            elif out is not None and _same(child, out):
                folders.remove(name)
        for name in sorted(files):
            path = here / name
            id = (below / name).as_posix()
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue  # it was there a moment ago
            mode = status.st_mode
            by_name = _kind_by_name(name)
            if stat.S_ISLNK(mode):
                yield Skipped(id, "link")
            elif not stat.S_ISREG(mode):
                yield Skipped(id, "no regular file")
            elif by_name is None or (by_name != "text" and not records):
                yield Skipped(id, "no text file by its name")
            else:
                yield Source(id, output_name(id), path, kind or by_name, status.st_size)
    for error in closed:
        # It ends in quarantine: what is in there is not read, and that is not passed over in silence.
        path = Path(os.fsdecode(error.filename))
        if path == folder:
            raise error
        id = path.relative_to(folder).as_posix()
        yield Source(id, output_name(id), path)


def is_packed(name: str) -> bool:
    """Whether a file's name says that it is compressed."""
    return name.lower().endswith(COMPRESSED_SUFFIXES)


def is_below(path: str) -> bool:
    """Whether a relative path stays in its folder.

    >>> is_below("a/b.txt"), is_below("a/../../b.txt"), is_below("/etc/passwd")
    (True, False, False)
    """
    return not Path(path).is_absolute() and ".." not in Path(path).parts


def output_name(name: str) -> str:
    """``.txt`` keeps its name, anything else appends it.

    >>> output_name("a/b.txt"), output_name("notes.md")
    ('a/b.txt', 'notes.md.txt')
    """
    return name if name.endswith(".txt") else name + ".txt"


def _clashes(sources: Sequence[Source]) -> Iterator[str]:
    taken: dict[str, Source] = {}
    for source in sources:
        other = taken.setdefault(source.name, source)
        if other is not source:
            yield f"{source.path}: its output text/{source.name} would be that of {other.path}; rename one"
    holders = {source.id for source in sources if source.kind not in WHOLE_FILES}
    for source in sources:
        match = _RECORD_NAME_RE.match(source.name)
        if match and match[1] in holders:
            yield f"{source.path}: has the name of a record of {match[1]}; rename one"


def check_names(sources: Sequence[Source]) -> None:
    """Raise CleanerError for files whose outputs in a tree would have names longer than file systems allow."""
    problems = []
    for source in sources:
        name = os.fsencode(source.name).rpartition(b"/")[2]
        if len(name) + len(_LONGEST_ENDING[source.kind not in WHOLE_FILES]) > _LONGEST_NAME:
            problems.append(
                f"{source.path}: its name is too long for its outputs; rename it, or clean with --to jsonl"
            )
    if problems:
        raise CleanerError("\n".join(problems))


def check_output(out: Path) -> None:
    """Raise CleanerError unless ``out`` is a folder that is new, empty or holds an earlier run's manifest."""
    try:
        exists = out.exists()
    except OSError as error:
        raise CleanerError(
            f"{out}: cannot be looked up ({error.strerror}); choose another folder with -o"
        ) from None
    if exists and not out.is_dir():
        raise CleanerError(f"{out}: is a file; name a folder with -o")
    if out.is_dir():
        # First of all: in a folder that may not be entered nothing can be looked up.
        if not os.access(out, os.R_OK | os.W_OK | os.X_OK):
            raise CleanerError(f"{out}: is not writable; choose another folder with -o")
        ours = (out / "manifest.json").is_file() or (out / JOURNAL).is_file()
        if not ours and any(out.iterdir()):
            raise CleanerError(
                f"{out}: holds files but no manifest.json of a run; choose an empty folder with -o"
            )
        for name in FOLDERS:
            if (out / name).is_symlink():
                raise CleanerError(
                    f"{out / name}: is a link, and a run writes nothing outside its folder; remove it"
                )
        return
    parent = next(parent for parent in out.absolute().parents if parent.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise CleanerError(
            f"{out}: cannot be made, {parent} is not a writable folder; choose another with -o"
        )


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that it appears under its name only when it is complete; same content, no write."""
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_path(path)
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def partial_path(path: Path) -> Path:
    """Where a file stands while it is being written."""
    name = f".{path.name}.part"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = f".{hashlib.sha256(os.fsencode(path.name)).hexdigest()}.part"
    return path.with_name(name)


class GrowingFile:
    """A file that is written piece by piece and appears under its name by :meth:`commit`; or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.partial = partial_path(path)
        self.file = self.partial.open("wb")

    def write(self, content: bytes) -> None:
        """Append."""
        self.file.write(content)

    def commit(self) -> None:
        """Give the file its name; a file with the same content stays as it is."""
        self.file.close()
        if self.path.is_file() and filecmp.cmp(self.partial, self.path, shallow=False):
            self.partial.unlink()
        else:
            self.partial.replace(self.path)

    def discard(self) -> None:
        """Remove what was written, unless it has its name already."""
        # What cannot be flushed to a full disk is not wanted any more.
        with contextlib.suppress(OSError):
            self.file.close()
        self.partial.unlink(missing_ok=True)

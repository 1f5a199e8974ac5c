"""Folders and files as input; a tree of files as output."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import CleanerError

TEXT_SUFFIXES = (".txt", ".text", ".md")


class Source(NamedTuple):
    """A file to clean: ``id`` is its path below the input, with slashes; ``name`` that of its output."""

    id: str
    name: str
    path: Path


class Skipped(NamedTuple):
    """A member of an input folder that is passed over, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command line's inputs hold, in a fixed order."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def find_inputs(inputs: Sequence[str], out: Path | None = None) -> Inputs:
    """The files of all inputs: files as named, folders walked (links not followed, ``out`` left out), globs.

    Raises CleanerError, with all problems in its text, for an input that is missing or holds no text
    file, for ``out`` equal to an input, and for two files with one output name.
    """
    sources: list[Source] = []
    skipped: list[Skipped] = []
    problems: list[str] = []
    paths = [path for given in inputs for path in _expand(given, problems)]
    for path in paths:
        prefix = f"{path.resolve().name}/" if len(paths) > 1 and path.is_dir() else ""
        if out is not None and _same(path, out):
            problems.append(f"{path}: is the output folder, too; choose another with -o")
        elif path.is_dir():
            try:
                found = list(_walk(path, out))
            except OSError as error:
                problems.append(f"{path}: cannot be listed ({error.strerror})")
                continue
            members = [entry for entry in found if isinstance(entry, Source)]
            if not members:
                problems.append(f"{path}: holds no text files ({', '.join(TEXT_SUFFIXES)})")
            sources.extend(Source(prefix + entry.id, prefix + entry.name, entry.path) for entry in members)
            skipped.extend(Skipped(prefix + e.id, e.reason) for e in found if isinstance(e, Skipped))
        elif not stat.S_ISREG(path.stat().st_mode):
            problems.append(f"{path}: is no regular file")
        else:
            sources.append(Source(path.name, output_name(path.name), path))
    problems.extend(_clashes(sources))
    if problems:
        raise CleanerError("\n".join(problems))
    return Inputs(tuple(sources), tuple(skipped))


def _expand(given: str, problems: list[str]) -> list[Path]:
    path = Path(given)
    if path.exists():
        return [path]
    # Path.glob refuses absolute patterns, and users type them.
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        problems.append(f"{given}: no such file or folder")
    return [Path(match) for match in matches]


def _same(path: Path, other: Path) -> bool:
    return path.resolve() == other.resolve()


def _walk(folder: Path, out: Path | None) -> Iterator[Source | Skipped]:
    """The members of a folder, sorted by name, deepest folders in their place."""
    for root, folders, files in os.walk(folder):
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
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                yield Skipped(id, "link")
            elif not stat.S_ISREG(mode):
                yield Skipped(id, "no regular file")
            elif not name.lower().endswith(TEXT_SUFFIXES):
                yield Skipped(id, "no text file by its name")
            else:
                yield Source(id, output_name(id), path)


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


def check_output(out: Path) -> None:
    """Raise CleanerError unless ``out`` is a folder that is new, empty or holds an earlier run's manifest."""
    if out.exists() and not out.is_dir():
        raise CleanerError(f"{out}: is a file; name a folder with -o")
    if out.is_dir():
        if not (out / "manifest.json").is_file() and any(out.iterdir()):
            raise CleanerError(
                f"{out}: holds files but no manifest.json of a run; choose an empty folder with -o"
            )
        if not os.access(out, os.W_OK | os.X_OK):
            raise CleanerError(f"{out}: is not writable; choose another folder with -o")
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
    partial = path.with_name(f".{path.name[:200]}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise

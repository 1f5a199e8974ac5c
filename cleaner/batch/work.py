"""What is done with one document, in whichever process: read it, clean it, write it down as bytes."""

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, Literal, NamedTuple, cast

from cleaner import __version__
from cleaner.api import Cleaner
from cleaner.batch.parts import clean_any, steps_any
from cleaner.core.document import Document
from cleaner.corpus.stripped import read_stripped
from cleaner.errors import UnreadableError
from cleaner.formats.fields import BY_CONVENTION, Fields, Record, read_fields
from cleaner.formats.jsonl import read_json_record
from cleaner.formats.parquet import OWN_COLUMNS
from cleaner.formats.rows import Kind, Problem, Row
from cleaner.pipeline import Result
from cleaner.report.ledger import build_report, diff_pieces, dump_json, hash_text
from cleaner.sources.decode import Decoded, decode, describe_decoding
from cleaner.sources.html import decode_page, read_page
from cleaner.stages.decided import Decision
from cleaner.stages.scorer import Judgement, Question, Steps, answer_together

Form = Literal["tree", "jsonl", "parquet", "filter"]
SECONDS = 60.0  # of computing for a document of any size
SECONDS_PER_MEGABYTE = 20.0  # and for each megabyte
TOGETHER_BYTES = 150_000  # of documents that are judged at once
_SAMPLE = "Advertisement\n\nThe council met on Tuesday and voted, by nine to four, to close the old bath.\n"


class Task(NamedTuple):
    """A row of an input with the id of its document and the name of its output.

    ``decision`` is what a second phase over the corpus decided on it, ``stripped`` where the first phase
    wrote what it made of it: bytes of the file that :class:`Work` names.
    """

    id: str
    name: str
    path: str
    kind: Kind
    row: Row
    decision: Decision | None = None
    stripped: tuple[int, int] | None = None


class Outcome(NamedTuple):
    """What became of a task: ``pieces`` to write, or a problem. ``kept``: an earlier run's output stands.
    ``left_out``: a duplicate document of which nothing is written.

    ``pieces`` are, for a tree: corpus line, text, diff, report; for JSONL: corpus line, report line; for
    Parquet: source id, text, metadata, report; for a filter: record, report. ``seconds`` that it took are
    for the terminal only.
    """

    problem: Problem | None = None
    pieces: tuple[bytes, ...] = ()
    chars_in: int = 0
    chars_out: int = 0
    by_rule: Mapping[str, int] = {}
    flags: tuple[str, ...] = ()
    kept: bool = False
    seconds: float = 0.0
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Cleans tasks. Picklable, so that worker processes can be given it; it writes no file.

    ``finished`` is the folder of a run whose documents stay where they are still what they should be,
    ``stripped`` a file of what a first phase made of documents.
    """

    cleaner: Cleaner
    form: Form
    fields: Fields = BY_CONVENTION
    seconds: float = SECONDS
    finished: Path | None = None
    stripped: Path | None = None

    def prepare(self) -> None:
        """Load and compile what cleaning will need, before this process is copied."""
        self.cleaner.clean(_SAMPLE)

    def seconds_for(self, task: Task) -> float:
        """How long a document may take."""
        return self.seconds + SECONDS_PER_MEGABYTE * task.row.size / 1e6

    def clean_tasks(
        self, tasks: Sequence[Task], at: Callable[[int], None] = lambda _place: None
    ) -> list[Outcome]:
        """The outcomes of documents. Whatever goes wrong with one is its problem and nobody else's.

        Documents of some size together wait for each other where they ask the scorer, which answers all at
        once. ``at`` is called with the place of the document that is worked on from now on.
        """
        outcomes: list[Outcome] = []
        for places in _cut_groups(tasks):
            begun = [_Begun(self, tasks[place], place, at) for place in places]
            for document in begun:
                document.advance(None)
            waiting = [document for document in begun if document.question is not None]
            while waiting:
                for document, judgement in zip(waiting, _answer(waiting), strict=True):
                    document.advance(judgement)
                waiting = [document for document in waiting if document.question is not None]
            outcomes += [document.outcome for document in begun]
        return outcomes

    def steps(self, task: Task) -> Steps[Outcome]:
        """Clean one document, with the scorer's judgement left to who calls. Raises whatever goes wrong."""
        if task.row.problem is not None:
            return Outcome(task.row.problem)
        return (yield from self._clean(task))

    def _clean(self, task: Task) -> Steps[Outcome]:
        if task.decision is not None and task.decision.left_out:
            return Outcome(left_out=True)
        page = None if self.finished is None else read_page_fields(task.kind, task.row)
        if page is not None and (kept := self._keep(task, page, parsed=False)):
            return kept
        record, note = read_record(task.kind, task.row, self.fields)
        if page is None and (kept := self._keep(task, record)):
            return kept
        result = self._finish(task, record)
        if result is None:
            document = document_of(self.cleaner, task.id, record)
            result = yield from steps_any(self.cleaner, document, task.decision)
        report = build_report(result, record.decoded, task.row.sha256 or "")
        if record.source_id is not None:
            report["source_id"] = record.source_id
        if note is not None:
            report["flags"].append({"id": "encoding.record", "why": note})
        return _outcome(report, self._write(task, record, result, report))

    def _keep(self, task: Task, record: Record, *, parsed: bool = True) -> Outcome | None:
        """The outcome of a document that an earlier run finished; None where it is to be done."""
        if self.finished is None:
            return None
        found = _read_finished(self.finished, task, record, self._made_by(task), parsed=parsed)
        if found is None:
            return None
        return _outcome(found[0], (_corpus_line(found[0], record, found[1]),), kept=True)

    def _finish(self, task: Task, record: Record) -> Result | None:
        """The record cleaned on from where a first phase came to; None where that is not known."""
        if self.stripped is None or task.stripped is None:
            return None
        start, end = task.stripped
        with self.stripped.open("rb") as file:
            file.seek(start)
            content = file.read(end - start)
        document = Document(task.id, record.text, record.meta)
        if record.markup is not None:
            meta = {**record.markup.meta, **record.meta}
            document = Document(task.id, record.markup.page.text, meta, record.markup.page)
        surveyed = read_stripped(content, document, describe_origin(self.cleaner, task, self.fields))
        return None if surveyed is None else self.cleaner.finish_document(surveyed, task.decision)

    def _made_by(self, task: Task) -> dict[str, str]:
        made_by = {"version": __version__, "rules": self.cleaner.rules_hash}
        return made_by if task.decision is None else {**made_by, "decision": task.decision.digest}

    def _write(self, task: Task, record: Record, result: Result, report: dict[str, Any]) -> tuple[bytes, ...]:
        text = result.text.encode("utf-8", "surrogatepass")
        if self.form == "tree":
            report["run"] = self._made_by(task)
            lines = diff_pieces(task.id, record.text, result.edits)
            diff = b"".join(piece.encode("utf-8", "surrogatepass") for piece in lines)
            corpus = _corpus_line(report, record, result.text)
            return corpus, text, diff, (dump_json(report, indent=1) + "\n").encode()
        line = dump_json(report).encode()
        if self.form == "jsonl":
            return _corpus_line(report, record, result.text), line + b"\n"
        if self.form == "filter":
            return (dump_json(_filtered(record, result)) + "\n").encode(), line + b"\n"
        own = record.source_id
        source_id = own if isinstance(own, str) else "" if own is None else dump_json(own)
        # A column that goes along as it is need not be told again.
        carried = task.row.content if isinstance(task.row.content, Mapping) and task.kind == "parquet" else {}
        metadata = {
            name: value
            for name, value in _metadata(report, record).items()
            if name in OWN_COLUMNS or name not in carried or carried[name] != value
        }
        return source_id.encode("utf-8", "replace"), text, dump_json(metadata).encode(), line


class _Begun:
    """A document that is being cleaned: the question it waits with, or what became of it."""

    def __init__(self, work: Work, task: Task, place: int, at: Callable[[int], None]) -> None:
        self.question: Question | None = None
        self.outcome = Outcome()
        self._steps = work.steps(task)
        self._at = at
        self._place = place
        self._limit = work.seconds_for(task)
        self._computed = 0.0
        self._seconds = 0.0

    @property
    def left(self) -> float:
        """How many seconds of computing it may still take."""
        return max(self._limit - self._computed, 0.001)

    def advance(self, judgement: Judgement | None) -> None:
        """Go on to the next question or the end; a question that has no answer yet is answered here."""
        question, self.question = self.question, None
        self._at(self._place)
        begin, computed = time.perf_counter(), time.process_time()
        try:
            with _time_limit(self.left):
                if question is None:
                    self.question = next(self._steps)
                else:
                    self.question = self._steps.send(judgement or question.answer())
        except StopIteration as end:
            self.outcome = cast(Outcome, end.value)
        except UnreadableError as error:
            self.outcome = Outcome(Problem(error.reason, error.detail))
        except _OutOfTimeError:
            why = f"not done within {self._limit:.0f} seconds; --timeout sets the bound"
            self.outcome = Outcome(Problem("timeout", why))
        except MemoryError:
            self.outcome = Outcome(Problem("memory", "does not fit into memory"))
        except Exception as error:
            self.outcome = Outcome(Problem("failed", f"{type(error).__name__}: {error}"))
        self._computed += time.process_time() - computed
        self._seconds += time.perf_counter() - begin
        if self.outcome.problem is None:
            self.outcome = self.outcome._replace(seconds=self._seconds)


def _cut_groups(tasks: Sequence[Task]) -> Iterator[range]:
    """Places of documents that are cleaned together; a large one is alone."""
    first = size = 0
    for place, task in enumerate(tasks):
        if place > first and size + task.row.size > TOGETHER_BYTES:
            yield range(first, place)
            first, size = place, 0
        size += task.row.size
    if first < len(tasks):
        yield range(first, len(tasks))


def _answer(waiting: Sequence[_Begun]) -> Sequence[Judgement | None]:
    """The answers to all questions; none where one of them makes trouble: then each is answered by itself."""
    alone: Sequence[None] = [None] * len(waiting)
    if len(waiting) == 1:
        return alone
    questions = [document.question for document in waiting if document.question is not None]
    try:
        with _time_limit(min(document.left for document in waiting)):
            return answer_together(questions)
    except (Exception, _OutOfTimeError):
        return alone


class _OutOfTimeError(BaseException):
    """Not an Exception, so that no library takes it for its own."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise _OutOfTimeError in the block after that time; where there are no alarms, there is no limit.

    It is time of computing: a busy machine must not change what comes out.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTimeError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def clean_record(cleaner: Cleaner, id: str, record: Record, decision: Decision | None = None) -> Result:
    """The record cleaned, as a page where it is one."""
    return clean_any(cleaner, document_of(cleaner, id, record), decision)


def document_of(cleaner: Cleaner, id: str, record: Record) -> Document:
    """The record as a cleaner takes it."""
    if record.markup is not None:
        return cleaner.document_of_page(id, record.markup, record.meta)
    return Document(id, record.text, record.meta)


def describe_origin(cleaner: Cleaner, task: Task, fields: Fields) -> str:
    """What a document is made of, and by what; of equal origins the first phase makes the same."""
    return dump_json([__version__, cleaner.rules_hash, task.kind, task.row.sha256, [fields.text, fields.id]])


def read_record(kind: Kind, row: Row, fields: Fields) -> tuple[Record, str | None]:
    """The record in a row, and what is to be said of how it was decoded.

    Raises UnreadableError for what is no text.
    """
    if isinstance(row.content, bytes):
        if kind == "text":
            decoded = decode(row.content)
            if row.packed:
                decoded = replace(decoded, reversible="text")
            return Record(decoded.text, decoded), None
        if kind == "html":
            return _read_page(row.content, None, {})
        record, decoded = read_json_record(row.content, fields)
        return record, describe_decoding(decoded)
    if kind == "warc":
        fields_read = dict(row.content)
        content, charset = fields_read.pop("text"), fields_read.pop("charset")
        if fields_read.pop("html", False):
            return _read_page(cast(bytes, content), cast("str | None", charset), fields_read)
        decoded = decode(cast(bytes, content), cast("str | None", charset))
        record = read_fields({"text": decoded.text, **fields_read}, BY_CONVENTION)
        return record, describe_decoding(decoded)
    return read_fields(row.content, fields), row.note


def read_page_fields(kind: Kind, row: Row) -> Record | None:
    """What came with a page, without looking into it: parsing costs most. None for what is no page."""
    if kind == "html" and isinstance(row.content, bytes):
        return read_fields({"text": ""}, BY_CONVENTION)
    if kind == "warc" and isinstance(row.content, Mapping) and row.content.get("html"):
        given = {name: row.content[name] for name in row.content if name not in ("text", "charset", "html")}
        return read_fields({"text": "", **given}, BY_CONVENTION)
    return None


def _read_page(content: bytes, charset: str | None, given: Mapping[str, object]) -> tuple[Record, str | None]:
    """The record that a page is, with the fields that came with it."""
    decoded = decode_page(content, charset)
    markup = read_page(decoded.text)
    base = read_fields({"text": "", **given}, BY_CONVENTION)
    shown = Decoded(markup.page.text, decoded.encoding, guessed=decoded.guessed, reversible="text")
    note = describe_decoding(decoded) if decoded.stray else None
    return base._replace(text=shown.text, decoded=shown, markup=markup), note


def _read_finished(
    out: Path, task: Task, record: Record, made_by: dict[str, str], *, parsed: bool
) -> tuple[dict[str, Any], str] | None:
    """Report and text of an earlier run on the same bytes with the same rules whose output still stands.

    Of a page that was not ``parsed`` its bytes speak alone.
    """
    try:
        report: dict[str, Any] = json.loads((out / "changes" / f"{task.name}.json").read_bytes())
        text = (out / "text" / task.name).read_bytes().decode("utf-8", "surrogatepass")
        finished = (
            report["source"]["sha256"] == task.row.sha256
            and (
                report["source"]["text_sha256"] == hash_text(record.text)
                if parsed
                else report["source"].get("format") == "html"
            )
            and report["run"] == made_by
            and report.get("source_id") == record.source_id
            and report["cleaned"]["text_sha256"] == hash_text(text)
            and report["id"] == task.id
            and (out / "changes" / f"{task.name}.diff").is_file()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (report, text) if finished else None


def _outcome(report: Mapping[str, Any], pieces: tuple[bytes, ...], *, kept: bool = False) -> Outcome:
    return Outcome(
        None,
        pieces,
        report["source"]["chars"],
        report["cleaned"]["chars"],
        report["totals"]["by_rule"],
        tuple(flag["id"] for flag in report["flags"]),
        kept,
    )


def _metadata(report: Mapping[str, Any], record: Record) -> dict[str, object]:
    return {**record.rest, **report["metadata"], "language": report["language"]["code"]}


def _corpus_line(report: Mapping[str, Any], record: Record, text: str) -> bytes:
    row: dict[str, object] = {"id": report["id"]}
    if record.source_id is not None:
        row["source_id"] = record.source_id
    return (dump_json(row | {"text": text, "metadata": _metadata(report, record)}) + "\n").encode()


def _filtered(record: Record, result: Result) -> dict[str, object]:
    """The record as it came, with its text cleaned and what was captured added to its metadata."""
    values = dict(record.values) | {record.text_field: result.text}
    captured = {name: value for name, value in result.meta.items() if record.meta.get(name) != value}
    if captured:
        own = values.get("metadata")
        if own is None or isinstance(own, Mapping):
            values["metadata"] = {**(own or {}), **captured}
        else:
            values["captured"] = captured
    return values

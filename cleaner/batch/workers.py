"""Worker processes: chunks of tasks go out, their outcomes come back in order, at most a window at a time.

Workers only compute; the process that started them reads all input and writes all output. A worker that
dies or hangs costs one document, which is named.
"""

import contextlib
import gc
import multiprocessing
import multiprocessing.connection
import operator
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Self

from cleaner.batch.work import Outcome, Task, Work
from cleaner.formats.rows import Problem

SMALL_RUN = 200_000  # bytes: less than this is cleaned before workers would be of help
_WINDOW = 4  # chunks for each worker that may be read and not yet written
_WINDOW_BYTES = 64_000_000
_GRACE = 30.0  # seconds beyond a document's own time limit before its worker is killed
_BUSY = 3  # how many times slower than its own work a document may be on a busy machine
_LARGE_PIECES = 1_000_000
_MOST_DEATHS = 20  # in a row
_MOST_STILLBIRTHS = 3
_BORN, _PLACE = 0, 1  # what a worker tells through shared memory


@dataclass(slots=True)
class Chunk:
    """Tasks that go to a worker together, and where they belong in the run.

    ``part`` is the shard they go to, ``position`` how many bytes of input were read with them; ``receipt``
    stands for a shard that an earlier run finished.
    """

    tasks: list[Task]
    part: int = 0
    position: int = 0
    receipt: dict[str, Any] | None = None

    @property
    def size(self) -> int:
        """Roughly how many bytes it holds."""
        return sum(task.row.size for task in self.tasks)


def run_ordered(
    work: Work, chunks: Iterable[Chunk], jobs: int, small: int | None = None
) -> Iterator[tuple[Chunk, list[Outcome]]]:
    """Each chunk with the outcomes of its tasks, in the order of the chunks; ``jobs`` processes.

    A run of less than ``small`` bytes stays in this process.
    """
    source = iter(chunks)
    if jobs > 1:
        head, ended = _take_head(source, SMALL_RUN if small is None else small)
        if not ended:
            with _Crew(work, jobs) as crew:
                yield from crew.run(chain(head, source))
            return
        source = iter(head)
    for chunk in source:
        yield chunk, work.clean_tasks(chunk.tasks)


def _take_head(chunks: Iterator[Chunk], size: int) -> tuple[list[Chunk], bool]:
    head: list[Chunk] = []
    for chunk in chunks:
        head.append(chunk)
        size -= chunk.size
        if size < 0:
            return head, False
    return head, True


@dataclass(slots=True)
class _Slot:
    """A chunk on its way; it is done when each of its tasks has an outcome."""

    chunk: Chunk
    size: int
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return len(self.outcomes) == len(self.chunk.tasks)


class _Job(NamedTuple):
    """Tasks ``[start, stop)`` of a slot."""

    slot: _Slot
    start: int
    stop: int


def choose_start_method() -> str:
    """How worker processes come to life.

    As copies of this process where that is safe (Linux, a single thread): they start at once, share its memory,
    and find rules compiled and models loaded. Else as fresh interpreters.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


class _Worker:
    """A process and the place in its job that it tells through shared memory."""

    def __init__(self, context: Any, work: Work) -> None:
        self.connection, theirs = context.Pipe()
        self._told = context.RawArray("q", 2)
        copied = context.get_start_method() == "fork"
        self.process = context.Process(target=_serve, args=(theirs, self._told, work, copied), daemon=True)
        self.job: _Job | None = None
        self._task = 0
        self._since = 0.0
        with _deaf_to_interrupts():
            self.process.start()
        theirs.close()

    @property
    def was_born(self) -> bool:
        """Whether it ever came so far as to wait for tasks."""
        return bool(self._told[_BORN])

    @property
    def task(self) -> int:
        """Which of its job's tasks it is at, as a number in the slot."""
        return self.job.start + int(self._told[_PLACE]) if self.job is not None else 0

    def send(self, job: _Job) -> None:
        """Give it a job. Raises OSError where it is dead."""
        self.job, self._task, self._since = job, job.start, time.monotonic()
        self._told[_PLACE] = 0
        tasks = job.slot.chunk.tasks[job.start : job.stop]
        # A batch of columns stays here; what is to be read of it stands in the row.
        self.connection.send([task._replace(row=task.row._replace(cell=None)) for task in tasks])

    def seconds_at_task(self) -> float:
        """How long it has been seen at one and the same task; its childhood does not count."""
        if self.task != self._task or not self.was_born:
            self._task, self._since = self.task, time.monotonic()
        return time.monotonic() - self._since

    def stop(self) -> None:
        """End it."""
        self.connection.close()
        self.process.kill()
        self.process.join()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that is started here ignores Ctrl-C from its first moment: its parent hears it for all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Held back, not ignored: a Ctrl-C in this moment reaches the parent when the moment is over.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: multiprocessing.connection.Connection, told: Any, work: Work, copied: bool) -> None:
    """The life of a worker: it ends when the other side of the connection is gone."""
    if copied:
        _close_files_but(connection.fileno())
    else:
        work.prepare()  # before the first document's time is counted
    told[_BORN] = True
    try:
        while True:
            outcomes = work.clean_tasks(connection.recv(), partial(operator.setitem, told, _PLACE))
            _give(connection, outcomes)
    except (EOFError, OSError):
        # Without ado: what its parent had not yet written when it was copied is not its to write.
        os._exit(0)


def _give(connection: multiprocessing.connection.Connection, outcomes: list[Outcome]) -> None:
    """Send outcomes. Pieces of many megabytes follow one by one as they are: pickled they would stand there twice."""
    counts = [
        len(outcome.pieces) if sum(map(len, outcome.pieces)) > _LARGE_PIECES else 0 for outcome in outcomes
    ]
    bare = [
        outcome._replace(pieces=()) if count else outcome
        for outcome, count in zip(outcomes, counts, strict=True)
    ]
    connection.send((bare, counts))
    for outcome, count in zip(outcomes, counts, strict=True):
        for piece in outcome.pieces[:count]:
            connection.send_bytes(piece)


def _receive(connection: multiprocessing.connection.Connection) -> list[Outcome]:
    """The outcomes that :func:`_give` sent."""
    bare, counts = connection.recv()
    return [
        outcome._replace(pieces=tuple(connection.recv_bytes() for _ in range(count))) if count else outcome
        for outcome, count in zip(bare, counts, strict=True)
    ]


def _close_files_but(descriptor: int) -> None:
    """Let go of all that a copied process holds: the lock of the run, and other workers' connections.

    Else a run that was killed would seem to be at work, and its workers would never see that it is gone.
    """
    for path in list(Path("/proc/self/fd").iterdir()):
        if 2 < int(path.name) != descriptor:
            with contextlib.suppress(OSError):
                os.close(int(path.name))


class _Crew:
    """Workers and what each of them is at."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._context = multiprocessing.get_context(choose_start_method())
        self._workers: list[_Worker] = []
        self._unsent: deque[_Job] = deque()
        self._deaths = 0
        self._stillbirths = 0

    def __enter__(self) -> Self:
        if self._context.get_start_method() == "fork":
            self._work.prepare()
            gc.freeze()  # so that collecting garbage does not copy what workers share
        self._workers.extend(_Worker(self._context, self._work) for _ in range(self._jobs))
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        gc.unfreeze()

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Each chunk with its outcomes, in order."""
        source = iter(chunks)
        slots: deque[_Slot] = deque()
        ended = False
        while slots or not ended:
            while slots and slots[0].is_done:
                slot = slots.popleft()
                yield slot.chunk, [slot.outcomes[index] for index in range(len(slot.chunk.tasks))]
            flying = sum(slot.size for slot in slots)
            if not ended and len(slots) < _WINDOW * self._jobs and flying < _WINDOW_BYTES:
                chunk = next(source, None)
                ended = chunk is None
                if chunk is not None:
                    slots.append(slot := _Slot(chunk, chunk.size))
                    if chunk.tasks:
                        self._unsent.append(_Job(slot, 0, len(chunk.tasks)))
                self._send()
                self._collect(0)
            elif slots:
                self._send()
                self._collect(1.0)

    def _send(self) -> None:
        for worker in list(self._workers):
            if worker.job is None and self._unsent:
                try:
                    worker.send(self._unsent.popleft())
                except OSError:
                    self._bury(worker)

    def _collect(self, seconds: float) -> None:
        busy = {worker.connection: worker for worker in self._workers if worker.job is not None}
        for connection in multiprocessing.connection.wait(list(busy), seconds) if busy else ():
            worker = busy[connection]
            try:
                outcomes = _receive(worker.connection)
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if worker.job is not None:
                slot, start, stop = worker.job
                slot.outcomes.update(zip(range(start, stop), outcomes, strict=True))
            worker.job = None
            self._deaths = 0
        for worker in list(self._workers):
            if worker.job is not None and worker.seconds_at_task() > self._patience(worker.job, worker.task):
                self._bury(worker, Problem("timeout", "not done in time, and could not be interrupted"))

    def _patience(self, job: _Job, task: int) -> float:
        return _GRACE + _BUSY * self._work.seconds_for(job.slot.chunk.tasks[task])

    def _bury(self, worker: _Worker, problem: Problem | None = None) -> None:
        """Put a new worker in the place of a dead one. The task it was at is tried once more, on its own."""
        worker.stop()
        self._deaths += 1
        self._stillbirths += not worker.was_born
        if self._deaths > _MOST_DEATHS or self._stillbirths > _MOST_STILLBIRTHS:
            raise OSError(f"{self._deaths} worker processes died one after the other; --jobs 1 needs none")
        self._workers[self._workers.index(worker)] = _Worker(self._context, self._work)
        job = worker.job
        if job is None:
            return
        slot, start, stop = job
        culprit = worker.task
        if problem is not None or stop - start == 1:
            slot.outcomes[culprit] = Outcome(problem or Problem("crashed", "its worker process died"))
        else:
            self._unsent.appendleft(_Job(slot, culprit, culprit + 1))
        for first, last in ((culprit + 1, stop), (start, culprit)):
            if first < last:
                self._unsent.appendleft(_Job(slot, first, last))

"""Worker processes: chunks of tasks go out, their outcomes come back in order, at most a window at a time.

Workers only compute; the process that started them reads all input and writes all output. A worker that
dies or hangs costs one document, which is named.
"""

import multiprocessing
import multiprocessing.connection
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, Self

from cleaner.batch.work import Outcome, Task, Work
from cleaner.formats.rows import Problem

SMALL_RUN = 500_000  # bytes: less than this is cleaned before a worker process has started
_WINDOW = 4  # chunks for each worker that may be read and not yet written
_WINDOW_BYTES = 64_000_000
_GRACE = 30.0  # seconds beyond a document's own time limit before its worker is killed
_MOST_DEATHS = 20  # in a row


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
        yield chunk, work(chunk.tasks)


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


class _Worker:
    def __init__(self, context: Any, work: Work) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self.job: _Job | None = None
        self.deadline = 0.0
        with _deaf_to_interrupts():
            self.process.start()
        theirs.close()

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process that is started here ignores Ctrl-C from its first moment: its parent hears it for all."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(connection: multiprocessing.connection.Connection, work: Work) -> None:
    """The life of a worker: it ends when the other side of the connection is gone."""
    while True:
        try:
            tasks = connection.recv()
            connection.send(work(tasks))
        except (EOFError, OSError):
            return


class _Crew:
    """Workers and what each of them is at."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        # Fresh interpreters, not copies of this one: no inherited threads, files or half-held locks.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._unsent: deque[_Job] = deque()
        self._deaths = 0

    def __enter__(self) -> Self:
        self._workers.extend(_Worker(self._context, self._work) for _ in range(self._jobs))
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
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
        for worker in self._workers:
            if worker.job is None and self._unsent:
                job = self._unsent.popleft()
                tasks = job.slot.chunk.tasks[job.start : job.stop]
                worker.job = job
                seconds = sum(map(self._work.seconds_for, tasks))
                worker.deadline = time.monotonic() + seconds + _GRACE
                try:
                    worker.connection.send(
                        [task._replace(row=task.row._replace(cell=None)) for task in tasks]
                    )
                except OSError:
                    self._bury(worker, Problem("crashed", "its worker process died"))

    def _collect(self, seconds: float) -> None:
        busy = {worker.connection: worker for worker in self._workers if worker.job is not None}
        for connection in multiprocessing.connection.wait(list(busy), seconds) if busy else ():
            worker = busy[connection]
            job = worker.job
            try:
                outcomes = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker, Problem("crashed", "its worker process died"))
                continue
            if job is not None:
                job.slot.outcomes.update(zip(range(job.start, job.stop), outcomes, strict=True))
            worker.job = None
            self._deaths = 0
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.job is not None and worker.deadline < now:
                self._bury(worker, Problem("timeout", "not done in time, and could not be interrupted"))

    def _bury(self, worker: _Worker, problem: Problem) -> None:
        """Put a new worker in the place of a dead one; of its tasks, each is tried on its own."""
        worker.stop()
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise OSError(f"{self._deaths} worker processes died one after the other")
        self._workers[self._workers.index(worker)] = _Worker(self._context, self._work)
        job = worker.job
        if job is None:
            return
        if job.stop - job.start == 1:
            job.slot.outcomes[job.start] = Outcome(problem)
        else:
            singles = (_Job(job.slot, index, index + 1) for index in range(job.start, job.stop))
            self._unsent.extendleft(reversed(list(singles)))

"""A run: every input is cleaned, kept as unchanged, or quarantined, by any number of processes; totals add up."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.batch.corpus_pass import CorpusPass, remove_pass
from cleaner.batch.manifest import MANIFEST, RunFolder, read_manifest, write_manifest
from cleaner.batch.plan import Plan, Reading
from cleaner.batch.quarantine import Quarantine
from cleaner.batch.shards import Shards
from cleaner.batch.tree import Tree
from cleaner.batch.work import Work
from cleaner.batch.workers import Chunk, run_ordered
from cleaner.corpus.held_index import HeldIndex
from cleaner.errors import CleanerError
from cleaner.formats.files import Inputs
from cleaner.report.summary import Summary

__all__ = ["Reading", "clean_files", "read_manifest"]


def clean_files(
    inputs: Inputs,
    cleaner: Cleaner,
    out: Path,
    *,
    fresh: bool = False,
    jobs: int = 1,
    reading: Reading | None = None,
    advance: Callable[[int, Summary], None] = lambda _position, _summary: None,
    survey: Callable[[int], None] = lambda _position: None,
    index: HeldIndex | None = None,
) -> Summary:
    """Clean all sources into ``out``. What is there from an equal run on equal bytes is kept as it is.

    ``advance`` is called with the bytes of input read so far and the counts, ``survey`` with the bytes read in the
    first phase of a run that compares documents. ``index`` is what a corpus is
    cleaned against, and it gets the run if it was opened for that. Raises OSError where ``out``
    cannot be written, CleanerError where another run is writing there or the inputs hold nothing.
    """
    reading = reading or Reading()
    summary = Summary()
    plan = Plan(inputs, reading)
    chunks = plan.chunks()
    first = next(chunks, None)
    if first is None:
        raise CleanerError(
            f"{', '.join(str(source.path) for source in inputs.sources[:3])}: no records in there"
        )
    with RunFolder(out) as folder:
        if not (out / MANIFEST).exists():
            write_manifest(out, cleaner, inputs, [], summary.totals())
        quarantine = Quarantine(out)
        summary.quarantined = quarantine
        sink: Tree | Shards
        if reading.form == "tree":
            sink = Tree(folder, summary, quarantine)
        else:
            sink = Shards(folder, summary, quarantine, reading, cleaner.rules_hash, fresh)
        finished = out if reading.form == "tree" and not fresh else None
        work = Work(cleaner, reading.form, reading.fields, reading.seconds, finished)
        corpus = CorpusPass(inputs, cleaner, out, reading) if cleaner.settings.dedupe == "corpus" else None
        try:
            tasks: Iterator[Chunk] = chain([first], chunks)
            if corpus is not None:
                corpus.survey(jobs, fresh=fresh, advance=survey)
                corpus.decide(index)
                tasks = corpus.hand_out(tasks)
                work = replace(work, stripped=corpus.stripped_path)
            for chunk, outcomes in run_ordered(work, sink.plan(tasks), jobs):
                sink.take(chunk, outcomes)
                advance(chunk.position, summary)
            sink.finish()
            quarantine.commit()
            if corpus is not None:
                corpus.commit()
        except BaseException as error:
            sink.discard()
            quarantine.discard()
            if isinstance(error, OSError) and error.errno is not None and error.filename is None:
                error.filename = os.fspath(out)  # a write to a full disk does not tell where
            raise
        finally:
            if corpus is not None:
                corpus.discard()
        rows, more = sink.manifest_rows(plan.hashes)
        if corpus is None:
            remove_pass(out)
        skipped = (*inputs.skipped, *plan.skipped)
        write_manifest(out, cleaner, replace(inputs, skipped=skipped), rows, summary.totals(), more)
        if corpus is not None and index is not None and index.writes:
            corpus.update(index)
    return summary

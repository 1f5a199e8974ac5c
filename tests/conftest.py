"""Shared by all tests: where things are, cleaners that are built once, the command line in process."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings
from reconcile import assert_reconciled

from cleaner import Cleaner
from cleaner.cli import main

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "cleaner", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("cleaner")


@pytest.fixture(scope="session")
def cleaner():
    return Cleaner.load()


@pytest.fixture
def run(capfdbinary, monkeypatch):
    """Run a command in this process: ``run("clean", "a.txt", "-o", "out")`` gives code, out and err.

    The totals of every run that comes to its end are reconciled with what it wrote.
    """

    def run_command(*arguments, cwd=None):
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capfdbinary.readouterr()
        try:
            code = main([os.fspath(argument) for argument in arguments])
        except SystemExit as exit:
            code = exit.code
        said = capfdbinary.readouterr()
        words = [os.fspath(argument) for argument in arguments]
        if words[:1] == ["clean"] and "-o" in words and code in (0, 3):
            assert_reconciled(Path(words[words.index("-o") + 1]), code)
        return SimpleNamespace(code=code, out=said.out.decode(), err=said.err.decode())

    return run_command


@pytest.fixture
def article():
    """A dirty article: furniture, a title, a byline, prose."""
    return (
        "Skip to content\n"
        "Town closes its old bath\n"
        "\n"
        "by The Harbour Times news desk March 21, 2023 1:38 AM 2 min read\n"
        "\n"
        "The council met for three hours on Tuesday and voted, by nine to four, to close the bath.\n"
        "\n"
        "Advertisement\n"
        "\n"
        "The roof will not hold another winter, the mayor said , pointing to a report by two engineers.\n"
    )

"""Errors that a user can mend: each is one line that tells what, where and what to do."""


class CleanerError(Exception):
    """A mistake in how the program was called or set up; the command line answers it with exit code 2."""


class PackError(CleanerError):
    """Problems in rule packs, all of them: each names the file, the line and the rule."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnreadableError(Exception):
    """Bytes that cannot be read as a document; they go to quarantine with ``reason`` and ``detail``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

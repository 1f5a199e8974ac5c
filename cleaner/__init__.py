"""Rule-driven boilerplate stripping for scraped articles.

Every character removed or changed is attributed to a rule, can be inspected, and can be undone.

>>> from cleaner import Cleaner
>>> result = Cleaner.load().clean("Advertisement\\nThe minister said on Monday that talks would go on.\\n")
>>> result.text
'The minister said on Monday that talks would go on.\\n'
>>> [cause.rule for edit in result.edits for cause in edit.causes]
['ad.marker']
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from cleaner.api import Cleaner, Settings
    from cleaner.core.document import Context, Document, Flag
    from cleaner.core.edits import Cause, Edit, apply, invert
    from cleaner.errors import CleanerError, PackError
    from cleaner.pipeline import Result

_HOMES = {
    "Cleaner": "cleaner.api",
    "Settings": "cleaner.api",
    "Context": "cleaner.core.document",
    "Document": "cleaner.core.document",
    "Flag": "cleaner.core.document",
    "Cause": "cleaner.core.edits",
    "Edit": "cleaner.core.edits",
    "apply": "cleaner.core.edits",
    "invert": "cleaner.core.edits",
    "CleanerError": "cleaner.errors",
    "PackError": "cleaner.errors",
    "Result": "cleaner.pipeline",
}
__all__ = [
    "Cause", "Cleaner", "CleanerError", "Context", "Document", "Edit", "Flag", "PackError", "Result", "Settings",
    "__version__", "apply", "invert",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Names are imported when they are asked for, so that ``cleaner --help`` answers at once."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""stub"""

from dataclasses import dataclass
from typing import ClassVar

from cleaner.core.document import Context, Findings


@dataclass(frozen=True)
class DedupeStage:
    name: ClassVar[str] = "dedupe"

    def __call__(self, text: str, context: Context) -> Findings:
        return Findings()

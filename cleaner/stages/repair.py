"""stub"""
from dataclasses import dataclass
from typing import ClassVar
from cleaner.core.document import Context, Findings
@dataclass(frozen=True)
class RepairStage:
    name: ClassVar[str] = "repair"
    def __call__(self, text: str, context: Context) -> Findings:
        return Findings()

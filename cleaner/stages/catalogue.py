"""All rules that are written in code, to be listed, shown and switched off like those of packs."""

from cleaner.stages.builtin import BuiltinRule
from cleaner.stages.dedupe import DEDUPE_RULES
from cleaner.stages.layout import LAYOUT_RULES
from cleaner.stages.normalise import NORMALISE_RULES
from cleaner.stages.repair.rules import REPAIR_RULES

BUILTIN_RULES: tuple[BuiltinRule, ...] = (*REPAIR_RULES, *DEDUPE_RULES, *NORMALISE_RULES, *LAYOUT_RULES)

"""Rules written in code keep the promises of their cases, like those of packs."""

import pytest

from cleaner.catalogue import BUILTIN_RULES
from cleaner.core.document import Context
from cleaner.core.edits import apply, settle


@pytest.mark.parametrize("rule", BUILTIN_RULES, ids=lambda rule: rule.id)
def test_a_rule_written_in_code_does_what_its_cases_say(rule):
    assert rule.why.endswith(".")
    assert len(rule.misses) >= len(rule.hits), "what must stay is the harder half"
    for hit in rule.hits:
        found = list(rule.find(hit.before, Context(hit.language)))
        assert found
        edits = settle(hit.before, found).edits
        assert apply(hit.before, edits) == hit.after
    for miss in rule.misses:
        assert list(rule.find(miss.text, Context(miss.language))) == []


def test_ids_are_used_once():
    ids = [rule.id for rule in BUILTIN_RULES]
    assert len(ids) == len(set(ids))

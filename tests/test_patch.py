"""With the real ``patch`` program: -R with the .diff of a run gives the source back."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.core.edits import Cause, Edit, apply, settle
from cleaner.report.ledger import write_diff

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.tools


def patch_back(folder: Path, cleaned: bytes, diff: bytes) -> bytes:
    (folder / "text").write_bytes(cleaned)
    (folder / "diff").write_bytes(diff)
    if diff:
        subprocess.run(["patch", "--silent", "--binary", "-R", folder / "text", folder / "diff"], check=True)
    return (folder / "text").read_bytes()


@pytest.mark.parametrize("seed", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_patch_restores_a_seed(seed, tmp_path):
    cleaned = (ROOT / "cleaned" / "text" / seed.name).read_bytes()
    diff = (ROOT / "cleaned" / "changes" / f"{seed.name}.diff").read_bytes()
    assert patch_back(tmp_path, cleaned, diff) == seed.read_bytes()


LINES = st.lists(st.text("ab\r\x0b\u2028- +@\\", max_size=4), max_size=30).map("\n".join)


@given(data=st.data())
@settings(max_examples=150)
def test_patch_restores_any_text(tmp_path_factory, data):
    source = data.draw(st.one_of(LINES, LINES.map(lambda text: text + "\n")))
    edits = []
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(len(source), start + 10)))
        edits.append(Edit(start, end, data.draw(st.text("xy\n", max_size=3)), (Cause("test.rule", "test"),)))
    settled = settle(source, edits).edits
    diff = write_diff("a file.txt", source, settled)
    folder = tmp_path_factory.mktemp("patch")
    assert patch_back(folder, apply(source, settled).encode(), diff.encode()) == source.encode()

"""Imports point inwards only, and the core touches nothing but its arguments."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleaner"
CORE, EDGE, DRIVERS = range(3)
RINGS = {
    "errors": CORE, "core": CORE, "stages": CORE, "pipeline": CORE,
    "packs": EDGE, "catalogue": EDGE, "configuration": EDGE, "sources": EDGE, "formats": EDGE, "report": EDGE,
    "weights": EDGE, "profiles": EDGE,
    "api": DRIVERS, "batch": DRIVERS, "corpus": DRIVERS, "cli": DRIVERS, "engines": DRIVERS, "integrations": DRIVERS,
    "__init__": DRIVERS, "__main__": DRIVERS,
}  # fmt: skip
WORLD = {
    "os", "io", "pathlib", "shutil", "tempfile", "time", "datetime", "random", "secrets", "uuid", "socket", "urllib", "subprocess",
    "multiprocessing", "threading", "asyncio", "sys", "logging", "glob", "pickle", "json", "tomllib", "importlib",
}  # fmt: skip
# ftfy and unicodedata are pure; numpy is used on arrays only.
PURE_LIBRARIES = {"ftfy", "numpy"}


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py"))


def ring_of(dotted: str) -> int:
    parts = dotted.split(".")
    return RINGS[parts[1]] if len(parts) > 1 else RINGS["__init__"]


def module_name(path: Path) -> str:
    return ".".join(["cleaner", *path.relative_to(PACKAGE).with_suffix("").parts])


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "cleaner":
                yield from (
                    f"cleaner.{alias.name}" if (PACKAGE / alias.name).exists() else "cleaner.__init__"
                    for alias in node.names
                )
            else:
                yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_point_inwards(path):
    ring = ring_of(module_name(path))
    for name in imports(path):
        if name.startswith("cleaner.") and name != "cleaner.__init__":
            assert ring_of(name) <= ring, f"{module_name(path)} imports {name}, which is further out"
        elif ring == CORE:
            assert name.split(".")[0] not in WORLD, f"{module_name(path)} is core and imports {name}"


def test_every_room_has_a_ring():
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()}
    assert rooms <= set(RINGS)


def test_the_check_sees_an_outward_import(tmp_path):
    module = tmp_path / "bad.py"
    module.write_text("from cleaner.cli import main\nimport os\n")
    assert list(imports(module)) == ["cleaner.cli", "os"]
    assert ring_of("cleaner.cli") > ring_of("cleaner.core.edits")

"""The built wheel, in an environment of its own, finds its rule packs and cleans a file."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_packs_schema_samples_and_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    packs = {
        f"cleaner/rules/{path.relative_to(ROOT / 'rules').as_posix()}"
        for path in (ROOT / "rules").rglob("*.toml")
    }
    assert packs
    assert packs <= names
    assert {
        "cleaner/py.typed",
        "cleaner/report/change-report.schema.json",
        "cleaner/samples/harbour.txt",
        "cleaner/report/page/page.html",
        "cleaner/report/page/page.css",
        "cleaner/report/page/start.js",
    } <= names


def test_an_installed_wheel_cleans_a_file(wheel, tmp_path):
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    # The dependencies come from the environment that runs the tests; the package comes from the wheel.
    site = next((environment / "lib").glob("python*")) / "site-packages"
    (site / "dependencies.pth").write_text(
        "\n".join(path for path in sys.path if path.endswith("site-packages"))
    )
    (tmp_path / "a.txt").write_text(
        "Advertisement\n\nThe council met on Tuesday and closed the bath.\n", encoding="utf-8"
    )
    clean = [python, "-m", "cleaner", "clean", "a.txt", "-o", "out"]
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    subprocess.run(clean, cwd=tmp_path, env=plain, check=True, capture_output=True)
    assert (tmp_path / "out" / "text" / "a.txt").read_text(
        encoding="utf-8"
    ) == "The council met on Tuesday and closed the bath.\n"
    where = [python, "-c", "from cleaner.packs.shipped import shipped_folder; print(shipped_folder())"]
    found = subprocess.run(where, cwd=tmp_path, env=plain, check=True, capture_output=True, text=True).stdout
    assert Path(found.strip()) == site / "cleaner" / "rules"

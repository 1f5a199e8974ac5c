"""Where the packs that come with the package lie."""

from pathlib import Path


def shipped_folder() -> Path:
    """The folder of the packs that come with the package: in the wheel, else in the checkout."""
    packaged = Path(__file__).parent.parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def shipped_paths() -> dict[str, Path]:
    """Pack names (``en/news``) and files of all shipped packs, by name."""
    folder = shipped_folder()
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.toml"))
    }

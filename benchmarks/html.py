#!/usr/bin/env python3
"""``python benchmarks/html.py``: the benchmark of html_pages.py, which says what it measures.

Scripts of this folder find it first on their path, so this file is also found by whoever wants the standard
library's html, and gives them that.
"""

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
found = PathFinder.find_spec("html", [place for place in sys.path if Path(place).resolve() != HERE])
if found is None or found.loader is None:
    raise ImportError("the standard library has no html")
sys.modules["html"] = module_from_spec(found)
found.loader.exec_module(sys.modules["html"])

if __name__ == "__main__":
    from html_pages import main

    sys.exit(main())

"""Run every benchmark, or those named: `python -m benchmarks [NAME]...`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main() -> int:
    """Names come from the files of this folder that have a `run`."""
    names = [
        m.name
        for m in pkgutil.iter_modules(benchmarks.__path__)
        if m.name not in ("__main__", "timing", "peers", "pages")
    ]
    chosen = sys.argv[1:] or names
    for name in chosen:
        if name not in names:
            print(f"no benchmark called {name!r}; there are {', '.join(names)}", file=sys.stderr)
            return 2
        importlib.import_module(f"benchmarks.{name}").run()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Mutation score of a room by its own tests: a random sample of small changes to its code, each run against them.

    python tools/mutants.py src/servanda/limits tests/limits 60
    python tools/mutants.py src/servanda/limits tests/limits 60 --seed 2
    python tools/mutants.py src/servanda/extraction tests/extraction 200 --kind operand

A mutant flips a comparison, an arithmetic or boolean operator, a constant, drops a statement, or (with `--kind operand`) one
operand of an `and` or `or`. Survivors are printed
with file and line. The working tree is not touched: the package is copied to a temporary folder first. Each mutant runs
in a fork of a process that has the libraries loaded, the quick tests first.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLIPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def changes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(number of the node in a walk, kind) of each change a module allows; docstrings, imports and types are left alone."""
    types = {id(inner) for note in _annotations(tree) for inner in ast.walk(note)}
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in types:
            continue
        if isinstance(node, ast.BoolOp):
            yield from ((number, f"operand {k}") for k in range(len(node.values)))
        if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPS:
            yield number, "compare"
        elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in FLIPS:
            yield number, "operator"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield number, "not"
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield number, "constant"
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.Raise | ast.Continue) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ):
            yield number, "drop"


def _annotations(tree: ast.Module) -> Iterator[ast.AST]:
    """Types, which no running program looks at."""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if (note := getattr(node, name, None)) is not None:
                yield note


def change(tree: ast.Module, number: int, kind: str) -> int:
    """Make one change in place; the line it is at."""
    node = list(ast.walk(tree))[number]
    if kind == "compare":
        assert isinstance(node, ast.Compare)
        node.ops[0] = FLIPS[type(node.ops[0])]()  # type: ignore[call-overload]
    elif kind == "operator":
        node.op = FLIPS[type(node.op)]()  # type: ignore[attr-defined]
    elif kind.startswith("operand"):
        assert isinstance(node, ast.BoolOp)
        node.values[int(kind.split()[1])] = ast.Constant(isinstance(node.op, ast.And))
    elif kind == "not":
        node.op = ast.UAdd()  # type: ignore[attr-defined]
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])  # type: ignore[attr-defined]
    elif kind == "constant":
        assert isinstance(node, ast.Constant)
        node.value = (not node.value) if isinstance(node.value, bool) else int(str(node.value)) + 1
    else:
        for parent in ast.walk(tree):
            for field in ("body", "orelse", "finalbody"):
                block = getattr(parent, field, None)
                if isinstance(block, list) and node in block:
                    block[block.index(node)] = ast.copy_location(ast.Pass(), node)
    return int(getattr(node, "lineno", 0))


class Order:
    """A pytest plugin: notes how much work each test is, runs the quick ones first and leaves out those above `most`."""

    def __init__(self, seconds: dict[str, float], most: float) -> None:
        self.seconds, self.most = seconds, most

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Any:
        start = time.process_time()
        yield
        self.seconds[item.nodeid] = time.process_time() - start

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        known = dict(self.seconds)
        items[:] = [i for i in items if known.get(i.nodeid, 0.0) <= self.most]
        items.sort(key=lambda item: known.get(item.nodeid, 0.0))


def tested(tests: str, source: Path, notes: Path, most: float) -> bool:
    """Whether the tests pass on a copy of the package, run in a fork of this process."""
    child = os.fork()
    if child == 0:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(source))
        os.environ["PYTHONPATH"] = str(source)
        seconds: dict[str, float] = json.loads(notes.read_text()) if notes.exists() else {}
        code = 1
        try:
            quiet = ["-q", "-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
            code = int(pytest.main([*quiet, tests], plugins=[Order(seconds, most)]))
            if code == 0 and not notes.exists():
                notes.write_text(json.dumps(seconds))
        finally:
            os._exit(min(code, 100))
    end = time.monotonic() + 900
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def main() -> int:
    """Run a sample and print the score."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("room", type=Path)
    arguments.add_argument("tests")
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--kind", default="", help="changes of this kind alone; by default all but operands")
    arguments.add_argument("--most", type=float, default=60.0, help="leave out tests of more work, in seconds")
    asked = arguments.parse_args()
    for library in ("numpy", "hypothesis", "hypothesis.strategies", "highspy", "msgspec", "yaml", "pydantic", "polars"):
        importlib.import_module(library)
    files = sorted(asked.room.rglob("*.py"))
    pool = [(f, n, k) for f in files for n, k in changes(ast.parse(f.read_text()))]
    pool = [p for p in pool if (p[2].startswith(asked.kind) if asked.kind else not p[2].startswith("operand"))]
    sample = random.Random(asked.seed).sample(pool, min(asked.count, len(pool)))
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        source, notes = Path(folder) / "src", Path(folder) / "seconds.json"
        shutil.copytree("src", source)
        if not tested(asked.tests, source, notes, asked.most):
            sys.exit("the tests fail on the code as it is")
        for done, (file, number, kind) in enumerate(sample, 1):
            text = file.read_text()
            tree = ast.parse(text)
            line = change(tree, number, kind)
            target = source / file.relative_to("src")
            target.write_text(ast.unparse(ast.fix_missing_locations(tree)))
            dead = not tested(asked.tests, source, notes, asked.most)
            target.write_text(text)
            killed += dead
            if not dead:
                print(f"survived: {file}:{line} {kind}: {text.splitlines()[line - 1].strip()}", flush=True)
            if done % 5 == 0:
                print(f"{killed} of {done} died", flush=True)
    print(f"{killed} of {len(sample)} mutants of {asked.room} died ({100 * killed // max(1, len(sample))} per cent)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

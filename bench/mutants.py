"""Are verdicts and thresholds held by their tests? Small faults are put into their code, one at a time.

python -m bench.mutants [--count 300] [--seed 0]      exit status 1 where fewer than 85 of 100 are found

A fault turns a comparison, an operator, a number, a "not", an "and" or a min; asserts, which only tell the type
checker, are left alone. Each is tried in a process of its own
(forked, so this runs on Linux and macOS only), against tests/coaching.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import io
import multiprocessing
import os
import random
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

import numpy  # noqa: F401  (loaded once, before the processes part)
import pydantic  # noqa: F401
import pytest

FOLDER = Path(__file__).parent.parent / "trainer" / "coaching"
FILES = ("compare", "thresholds", "trust", "course", "quantity", "voice", "guards", "trajectory")
FOUND_AT_LEAST = 0.85
LONGEST_S = 60
_SWAPPED: dict[type[Any], type[Any]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
_OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any", "LOWER": "HIGHER", "HIGHER": "LOWER"}


@dataclass(frozen=True)
class Mutant:
    """A file with one fault: what it was, and the whole source with it."""

    module: str
    line: int
    fault: str
    source: str


def mutants() -> list[Mutant]:
    """Every fault that can be put in."""
    return [mutant for name in FILES for mutant in _of(name)]


def _of(name: str) -> Iterator[Mutant]:
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    told = _only_told(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in told:
            continue
        for fault in _faults(node):
            changed = copy.deepcopy(tree)
            there = next(found for place, found in enumerate(ast.walk(changed)) if place == number)
            before = ast.unparse(there) if isinstance(there, ast.expr) else type(there).__name__
            _put(there, fault)
            after = ast.unparse(there) if isinstance(there, ast.expr) else ""
            yield Mutant(
                f"trainer.coaching.{name}", getattr(node, "lineno", 0), f"{before} -> {after}", ast.unparse(changed)
            )


def _only_told(tree: ast.AST) -> set[int]:
    """What a type checker is told and nothing runs on: asserts, and the defaults of records."""
    aside = [node for node in ast.walk(tree) if isinstance(node, ast.Assert | ast.AnnAssign)]
    return {id(inner) for node in aside for inner in ast.walk(node)}


def _faults(node: ast.AST) -> list[Any]:
    if isinstance(node, ast.Compare):
        return [(place, _SWAPPED[type(op)]) for place, op in enumerate(node.ops) if type(op) in _SWAPPED]
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in _SWAPPED:
        return [_SWAPPED[type(node.op)]]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return [None]
    if isinstance(node, ast.Name) and node.id in _OTHER_NAME:
        return [_OTHER_NAME[node.id]]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return [node.value + 1]
    return []


def _put(node: Any, fault: Any) -> None:
    if isinstance(node, ast.Compare):
        node.ops[fault[0]] = fault[1]()
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = fault()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        node.operand = ast.UnaryOp(ast.Not(), node.operand) if isinstance(node.op, ast.Not) else node.operand
    elif isinstance(node, ast.Name):
        node.id = fault
    else:
        node.value = fault


class _Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the module with the fault in place of the one on the disk."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname != self._mutant.module:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def exec_module(self, module: Any) -> None:
        exec(compile(self._mutant.source, self._mutant.module, "exec"), module.__dict__)


def survives(mutant: Mutant) -> bool:
    """Whether no test sees the fault; in this process nothing of coaching may have been imported."""
    sys.meta_path.insert(0, _Faulty(mutant))
    nowhere = io.StringIO()
    with redirect_stdout(nowhere), redirect_stderr(nowhere):
        options = ["-x", "-q", "-p", "no:cacheprovider", f"--timeout={LONGEST_S}"]
        status = pytest.main([*options, str(FOLDER.parent.parent / "tests" / "coaching")])
    return status == pytest.ExitCode.OK


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--count", type=int, default=300)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    all_of_them = mutants()
    chosen = random.Random(given.seed).sample(all_of_them, min(given.count, len(all_of_them)))
    with _pool() as pool:
        left = 0
        for number, (mutant, alive) in enumerate(zip(chosen, pool.imap(survives, chosen), strict=True), 1):
            if alive:
                left += 1
                print(f"{mutant.module}:{mutant.line}: {mutant.fault}", flush=True)
            print(f"\r{number} of {len(chosen)}, {left} not found ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    found = 1.0 - left / len(chosen)
    print(f"{100 * found:.1f} % of {len(chosen)} faults found, of {len(all_of_them)} that can be put in")
    return 0 if found >= FOUND_AT_LEAST else 1


def _pool() -> Pool:
    return multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1)


if __name__ == "__main__":
    sys.exit(main())

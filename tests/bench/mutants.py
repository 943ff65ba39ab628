"""`python -m tests.bench.mutants`: do the tests notice when a line of the engine is wrong?

Works on a copy of the project. Goes on where it was stopped; `--report` only prints what was found so far. An hour.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_suffix(".toml")
COPIED = ("rules", "tests", "app", "referral_directory", "nlu/text", "nlu/__init__.py", "pyproject.toml")
LEFT = shutil.ignore_patterns("__pycache__", "node_modules", "*.sqlite")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "mutants", help="of the copy")
    parser.add_argument("--only", action="append", help="a module, as rules/evaluate.py; may be repeated")
    parser.add_argument("--report", action="store_true", help="print what was found, run nothing")
    options = parser.parse_args(arguments)
    session = options.folder / "session.sqlite"
    if not options.report:
        _run(options.folder, session, options.only)
    with use_db(session, WorkDB.Mode.open) as found:
        sys.stdout.write("\n".join(report(found)) + "\n")
    return 0


def _run(folder: Path, session: Path, only: list[str] | None) -> None:
    if not session.exists():
        _copy(folder)
        _config(folder, only)
        _cosmic_ray(folder, "init", "mutants.toml", session.name)
        with use_db(session, WorkDB.Mode.open) as found:
            _skip_types(found, folder)
    _cosmic_ray(folder, "baseline", "mutants.toml")
    _cosmic_ray(folder, "exec", "mutants.toml", session.name)


def _copy(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=LEFT, dirs_exist_ok=True)
        else:
            shutil.copy(source, folder / name)


def _config(folder: Path, only: list[str] | None) -> None:
    written = CONFIG.read_text(encoding="utf-8")
    modules = tomllib.loads(written)["cosmic-ray"]["module-path"]
    for module in modules:
        if only and module not in only:
            written = written.replace(f'    "{module}",\n', "")
    (folder / "mutants.toml").write_text(written, encoding="utf-8")


def _cosmic_ray(folder: Path, *arguments: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [sys.executable, "-m", "cosmic_ray.cli", *arguments], cwd=folder, env={**os.environ, "PATH": path}, check=True
    )


def _skip_types(found: WorkDB, folder: Path) -> None:
    """Nothing is read from an annotation while the program runs, so no test can notice."""
    types = {module: set(_type_places(folder / module)) for module in {_module(item) for item in found.work_items}}
    for item in list(found.work_items):
        spec = item.mutations[0]
        if any(start <= spec.start_pos and spec.end_pos <= end for start, end in types[_module(item)]):
            found.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


type Place = tuple[tuple[int, int], tuple[int, int]]


def _type_places(module: Path) -> Iterator[Place]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        written = [getattr(node, name, None) for name in ("annotation", "returns")]
        if isinstance(node, ast.TypeAlias):
            written.append(node.value)
        for each in written:
            if isinstance(each, ast.expr):
                yield (each.lineno, each.col_offset), (each.end_lineno or 0, each.end_col_offset or 0)


def _module(item: WorkItem) -> str:
    return item.mutations[0].module_path.as_posix()


def report(found: WorkDB) -> Iterator[str]:
    results = dict(found.results)
    tried = [item for item in found.work_items if _is_tried(results.get(item.job_id))]
    survivors = [item for item in tried if not results[item.job_id].is_killed]
    yield "| module | mutants | tried | killed | survived | score |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    everything = [item for item in found.work_items if not _is_skipped(results.get(item.job_id))]
    for module in sorted({_module(item) for item in everything}):
        yield _line(module, *(_of(module, items) for items in (everything, tried, survivors)))
    yield _line("**all**", len(everything), len(tried), len(survivors))
    for item in survivors:
        yield from _survivor(item, results[item.job_id])


def _of(module: str, items: Iterable[WorkItem]) -> int:
    return sum(1 for item in items if _module(item) == module)


def _line(name: str, mutants: int, tried: int, survived: int) -> str:
    score = f"{(tried - survived) / tried:.1%}" if tried else ""
    return f"| {name} | {mutants} | {tried} | {tried - survived} | {survived} | {score} |"


def _survivor(item: WorkItem, result: WorkResult) -> Iterator[str]:
    spec = item.mutations[0]
    yield f"\n- {_module(item)}:{spec.start_pos[0]} {spec.operator_name.removeprefix('core/')}"
    changed = (line for line in (result.diff or "").splitlines() if line[:1] in {"-", "+"})
    yield from (f"      {line}" for line in changed if not line.startswith(("---", "+++")))


def _is_skipped(result: WorkResult | None) -> bool:
    return result is not None and result.worker_outcome is WorkerOutcome.SKIPPED


def _is_tried(result: WorkResult | None) -> bool:
    return result is not None and result.test_outcome in set(TestOutcome)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

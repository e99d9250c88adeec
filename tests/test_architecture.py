"""The shape of the program: data flows one way, modules stay short, start-up stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400

BASE = {"errors", "model"}
STAGE = BASE | {"codebook", "quantities"}
MAY_IMPORT = {
    "errors": set(),
    "model": {"model"},
    "codebook": BASE | {"codebook", "tallyroom"},
    "quantities": BASE | {"codebook", "quantities"},
    "documents": STAGE | {"documents"},
    "fetching": BASE | {"fetching", "tallyroom"},
    "reading": STAGE | {"reading"},
    "ledger": BASE | {"ledger"},
    "algebra": STAGE | {"algebra"},
    "returns": STAGE | {"returns"},
    "release": STAGE | {"release"},
    "generate": STAGE | {"generate"},
    "show": BASE | {"show"},
    "evaluation": BASE | {"evaluation"},
    "workers": {"crew"},
    "crew": {"processes"},
    "processes": {"errors"},
    "pipeline": STAGE
    | {
        "documents",
        "fetching",
        "reading",
        "ledger",
        "algebra",
        "returns",
        "release",
        "generate",
        "workers",
        "pipeline",
        "tallyroom",
    },
    "api": STAGE | {"pipeline", "show", "evaluation"},
    "cli": STAGE | {"pipeline", "api", "show", "evaluation", "cli", "tallyroom"},
    "__main__": {"cli"},
}
"""Which parts a part may import; `tallyroom` is the package itself, for its version."""
HEAVY = {"polars", "rich", "selectolax", "opencc", "pycountry", "yaml", "multiprocessing", "concurrent"}
HEAVY |= {
    "apsw",
    "duckdb",
    "jinja2",
    "typst",
    "docx",
    "xlsxwriter",
    "openpyxl",
    "python_calamine",
    "vl_convert",
    "highspy",
    "numpy",
    "pypdfium2",
    "lxml",
}
"""What takes long to import and is imported where it is used."""
AT_HOME = {
    "crew": {"multiprocessing"},
    "processes": {"multiprocessing"},
    "codebook": {"yaml"},
    "quantities": {"yaml"},
    "ledger": {"apsw"},
}


def part_of(path: Path) -> str:
    name = path.relative_to(SOURCE / "tallyroom").parts[0].removesuffix(".py")
    return "tallyroom" if name == "__init__" else name


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported anywhere, inside functions and for types alone too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a module stands"
            parts = [alias.name in MAY_IMPORT for alias in node.names] if node.module == "tallyroom" else []
            yield from (
                f"tallyroom.{alias.name}"
                for alias, is_part in zip(node.names, parts, strict=False)
                if is_part
            )
            if not parts or not all(parts):
                yield node.module or ""


def imported_parts(path: Path) -> set[str]:
    names = (name.split(".") for name in imports(ast.parse(path.read_text("utf-8"))))
    return {(name[1] if len(name) > 1 else "tallyroom") for name in names if name[0] == "tallyroom"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_follow_the_one_direction(path: Path) -> None:
    part = part_of(path)
    if part == "tallyroom":
        return
    assert part in MAY_IMPORT, f"{part} is new: say in MAY_IMPORT what it may import"
    assert imported_parts(path) <= MAY_IMPORT[part]


def test_a_stage_is_seen_when_it_imports_another_one(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def read():\n    from tallyroom.documents import open_document\n")

    assert imported_parts(wrong) - MAY_IMPORT["reading"] == {"documents"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_too_long_to_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_heavy_packages_are_imported_where_they_are_used(path: Path) -> None:
    at_top = [
        node for node in ast.parse(path.read_text("utf-8")).body if not isinstance(node, ast.FunctionDef)
    ]
    names = {name.split(".")[0] for node in at_top if not isinstance(node, ast.If) for name in imports(node)}

    assert names & HEAVY <= AT_HOME.get(part_of(path), set())


def test_reading_a_briefing_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    briefing = tmp_path / "briefing.txt"
    briefing.write_text("Police solved 41 drug cases.")
    program = (
        "import sys; from tallyroom.cli import main; "
        f"main(['read', {str(briefing)!r}]); "
        "print(sorted(name for name in sys.modules if '.' not in name))"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(ast.literal_eval(result.stdout.splitlines()[-1]))

    assert loaded & {"polars", "rich", "pycountry", "multiprocessing", "asyncio", "numpy"} == set()

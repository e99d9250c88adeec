"""Write the parts of the documentation that come from the program: help texts and the list of errors.

generate_docs.py            write them
generate_docs.py --check    tell which are out of date, and fail if one is
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tallyroom.cli.commands import COMMANDS, parser_of, top_parser
from tallyroom.model.rules import RULES

DOCS = Path(__file__).parent.parent / "docs"
_HELP = re.compile(r"(<!-- help -->\n).*?(<!-- /help -->)", re.DOTALL)
_VIEWS = re.compile(r"(<!-- views -->\n).*?(<!-- /views -->)", re.DOTALL)
_PARTS = {
    "CL": "Command line and Python",
    "DC": "Documents",
    "FT": "Fetching",
    "CB": "Codebooks",
    "LG": "The record",
    "AL": "Audits",
    "RT": "Returns and tables",
    "RL": "Releases",
    "GN": "Generated data",
}


def pages() -> Iterator[tuple[Path, str]]:
    """Give each generated page with the content that it should have."""
    for name in COMMANDS:
        path = DOCS / "commands" / f"{name}.md"
        yield path, _HELP.sub(lambda found, name=name: _fill(found, _helps(name)), path.read_text("utf-8"))
    start = DOCS / "index.md"
    yield start, _HELP.sub(lambda found: _fill(found, [top_parser().format_help()]), start.read_text("utf-8"))
    record = DOCS / "ledger.md"
    yield record, _VIEWS.sub(lambda found: found[1] + _views() + found[2], record.read_text("utf-8"))
    yield DOCS / "errors" / "index.md", _errors()
    yield DOCS / "findings" / "index.md", _findings()


def _fill(found: re.Match[str], helps: list[str]) -> str:
    return found[1] + "".join(f"\n```text\n{text.rstrip()}\n```\n" for text in helps) + "\n" + found[2]


def _helps(name: str) -> list[str]:
    """The help of a command, then of each of its actions."""
    parser = parser_of(name)
    groups = [action.choices for action in parser._actions if action.dest == "action"]
    return [parser.format_help(), *(child.format_help() for group in groups for child in group.values())]


def _views() -> str:
    """The views of `sql` with their columns."""
    from tallyroom.pipeline.snapshot import ABOUT, VIEWS

    rows = (
        f"| `{view}` | {ABOUT[view]} | {', '.join(f'`{name}` {kind}' for name, kind in columns.items())} |\n"
        for view, columns in VIEWS.items()
    )
    return "\n| view | one row is | columns |\n|---|---|---|\n" + "".join(rows) + "\n"


def _errors() -> str:
    lines = [
        "# Errors",
        "",
        "Every error says where it happened, what was expected, what was found and what to do next. Its code",
        "is stable: search for it here. In Python, all of them are `tallyroom.TallyroomError` with `.code`.",
    ]
    for prefix, title in _PARTS.items():
        lines += ["", f"## {title}", ""]
        for path in sorted((DOCS / "errors").glob(f"{prefix}*.md")):
            code, says = path.read_text("utf-8").splitlines()[0].removeprefix("# ").split(": ", 1)
            lines.append(f"- [{code}]({code}.md): {says}")
    return "\n".join(lines) + "\n"


def _findings() -> str:
    """The list of findings by severity, as their pages name them."""
    lines = [
        "# Findings",
        "",
        "What [an audit](../commands/check.md) may find. Each rule has a code and can be switched off:",
        "the record keeps who did, when and why. [The algebra of figures](../algebra.md) tells how they are found.",
    ]
    for severity, title in (("hard", "Contradictions"), ("soft", "To be looked at"), ("note", "Notes")):
        lines += ["", f"## {title}", ""]
        lines += [
            f"- [{code}]({code}.md): {rule.says['en']}"
            for code, rule in RULES.items()
            if rule.severity == severity
        ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the pages; 1 if one is out of date."""
    stale = [
        (path, content)
        for path, content in pages()
        if not path.exists() or path.read_text("utf-8") != content
    ]
    if arguments == ["--check"]:
        for path, _ in stale:
            print(f"{path.relative_to(DOCS.parent)} is out of date: run make docs", file=sys.stderr)
        return 1 if stale else 0
    for path, content in stale:
        path.write_text(content, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

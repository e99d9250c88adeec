"""A campaign of one's own is a folder of YAML: another kind of enforcement, collected by the same commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallyroom.cli import main

FILES = {
    "codebook.yaml": 'name: wildlife\nversion: "1"\n',
    "campaigns/ivory.yaml": """\
campaign: ivory-2030
names: { en: [Operation Tusk] }
label: { en: Operation Tusk, zh: 象牙行动 }
start: 2030-01-01
""",
    "reporting-units/ports.yaml": """\
tree: ports
label: { en: Ports, zh: 口岸 }
units:
  port-a: { label: { en: Port A, zh: 甲口岸 }, kind: port, area: [KE] }
  port-b: { label: { en: Port B, zh: 乙口岸 }, kind: port, area: [TZ], since: 2030-02-01 }
""",
    "reporting/ivory.yaml": """\
campaign: ivory-2030
agency: int-unodc
area: [KE, TZ]
units: ports
operations:
  ivory-2030:
    ivory:
      label: { en: Ivory seized, zh: 查获象牙 }
      indicator: quantity_seized
      unit: kg
      decimals: 2
      substance: ivory
      offence: wildlife
      filed_by: [port]
    raw:
      label: { en: of which raw, zh: 其中：原牙 }
      indicator: quantity_seized
      unit: kg
      decimals: 2
      substance: ivory
      breakdown: { scope: raw }
      filed_by: [port]
    carved:
      label: { en: of which carved, zh: 其中：雕件 }
      indicator: quantity_seized
      unit: kg
      decimals: 2
      substance: ivory
      breakdown: { scope: carved }
      filed_by: [port]
breakdowns:
- { whole: ivory, parts: [raw, carved], kind: partition }
forms:
  seizures: { label: { en: Seizures, zh: 查获 }, lines: [ivory, raw, carved] }
rounds:
  jan: { until: 2030-01-31, due: 2030-02-05 }
  feb: { until: 2030-02-28, due: 2030-03-05 }
""",
}


@pytest.fixture
def book(tmp_path: Path) -> str:
    for path, content in FILES.items():
        place = tmp_path / "wildlife" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    return str(tmp_path / "wildlife")


def test_another_kind_of_enforcement_is_collected_without_any_code(
    book: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    own, ledger = ("--codebook", book), ("--ledger", str(tmp_path / "record.db"))
    assert main(["campaign", "check", *own]) == 0
    assert main(["returns", "template", "ivory-2030", "feb", "-o", str(tmp_path / "forms"), *own]) == 0
    assert len(list((tmp_path / "forms").glob("*.xlsx"))) == 2

    for port, figures in (("port-a", (10.5, 8, 2.5)), ("port-b", (4, 1, 2))):
        rows = [
            f"{port},feb,{line},{value}"
            for line, value in zip(("ivory", "raw", "carved"), figures, strict=True)
        ]
        (tmp_path / f"{port}.csv").write_text("\n".join(["reporting unit,round,line,value", *rows]))
    capfd.readouterr()
    submit = ["returns", "submit", "ivory-2030", "--received", "2030-03-01", *own, *ledger]

    assert main([*submit, str(tmp_path / "port-a.csv")]) == 0
    assert main([*submit, str(tmp_path / "port-b.csv")]) == 1
    assert "[RT141]" in capfd.readouterr().out

    main(["returns", "totals", "ivory-2030", "feb", "--format", "jsonl", *own, *ledger])
    total = json.loads(capfd.readouterr().out.splitlines()[0])
    assert (total["value"], total["area"], total["coverage"]["missing"]) == ("10.5", ["KE", "TZ"], ["port-b"])

    main(["returns", "status", "ivory-2030", "jan", "--on", "2030-01-15", "--lang", "en", *own, *ledger])
    matrix = capfd.readouterr().out
    assert "Port A" in matrix
    assert "Port B" not in matrix

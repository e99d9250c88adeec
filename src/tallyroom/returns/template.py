"""What a form asks of a unit in a round: the rows of a template, whatever it is written as."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from tallyroom.codebook.model import Codebook
from tallyroom.model.campaign import Campaign, Form, Joint, Line, ReportingUnit, Round
from tallyroom.returns.remarks import refuse

CSV_COLUMNS = ("reporting_unit", "form", "round", "line", "label", "joint", "unit", "value", "explanation")


class Asked(msgspec.Struct, frozen=True):
    """One row of a form: a line, and the joint result that it is about, if any."""

    line: Line
    joint: Joint | None = None

    def label(self, lang: str) -> str:
        """What is asked, in one language."""
        label = self.line.label[lang]
        joint = self.joint.label[lang] if self.joint else ""
        return f"{label}{'：' if lang == 'zh' else ': '}{joint}" if joint else label


class Template(msgspec.Struct, frozen=True):
    """An empty form for a unit and a round; `units` are the labels of the units of measure."""

    campaign: Campaign
    form: Form
    unit: ReportingUnit
    round: Round
    rows: tuple[Asked, ...]
    units: dict[str, dict[str, str]]

    @property
    def name(self) -> str:
        """A name for its file, without the ending."""
        return f"{self.campaign.code}_{self.form.code}_{self.unit.code}_{self.round.code}"


def make_template(
    campaign: Campaign, form: Form, unit: ReportingUnit, on: Round, codebook: Codebook
) -> Template:
    """Return the empty form that a unit files in a round.

    Raises:
        ReturnRefused: RT116 where the unit does not file the form in that round.
    """
    rows = tuple(_asked(campaign, form, unit, on))
    if not rows or unit not in campaign.expected(form, on):
        raise refuse("RT116", f"{unit.code} does not file the form {form.code}.", found=f"the round {on.code}",
            expected=", ".join(one.code for one in campaign.expected(form, on))[:200])  # fmt: skip
    labels = codebook.lists.get("units", {})
    units = {
        asked.line.unit: dict(labels[asked.line.unit].label) for asked in rows if asked.line.unit in labels
    }
    return Template(campaign, form, unit, on, rows, units)


def _asked(campaign: Campaign, form: Form, unit: ReportingUnit, on: Round) -> Iterator[Asked]:
    lines = [line for line in map(campaign.line, form.lines) if unit.code in line.filed_by]
    shared: dict[str, list[Joint]] = {
        line.code: list(campaign.joints_of(line, on, unit.code)) for line in lines
    }
    for line in lines:
        if not line.joint:
            yield Asked(line)
            yield from (Asked(line, joint) for joint in shared[line.code])
    # case by case, so that all that is asked about one case stands together
    cases = dict.fromkeys(joint.code for line in lines if line.joint for joint in shared[line.code])
    for case in cases:
        yield from (Asked(line, campaign.joint(case)) for line in lines if line.joint)


def write_csv(template: Template) -> bytes:
    """Return the form as CSV in UTF-8 with a mark, as office programs need it; values are left to be filled in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for asked in template.rows:
        label = f"{asked.label('zh')} / {asked.label('en')}"
        joint = asked.joint.code if asked.joint else ""
        head = (template.unit.code, template.form.code, template.round.code)
        writer.writerow([*head, asked.line.code, label, joint, asked.line.unit, "", ""])
    return out.getvalue().encode("utf-8-sig")

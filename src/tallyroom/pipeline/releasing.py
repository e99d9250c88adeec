"""The record -> facts -> a release in all its files; and back: verified, rebuilt, listed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallyroom import __version__
from tallyroom.codebook import load_campaign, load_codebook
from tallyroom.model import Commit, Draft, Entry, Fact, NewEntry, Observation
from tallyroom.model.observation import plain
from tallyroom.pipeline.release_facts import facts_of
from tallyroom.pipeline.tracing import Trace, trace
from tallyroom.release import compose, find_template, load_template
from tallyroom.release.bundle import bundle
from tallyroom.release.comparing import Comparison, Move, compare_releases
from tallyroom.release.manifest import MANIFEST, SPEC, TEMPLATE, edited_files, manifest_of, read_manifest
from tallyroom.release.problems import (
    CommitMissing,
    NameUnknown,
    NotRebuilt,
    OutputTaken,
    ReleaseError,
    ReleaseTaken,
)
from tallyroom.release.selecting import cell_of
from tallyroom.release.spec import Spec, load_spec
from tallyroom.release.template import Template
from tallyroom.release.traces import Explained, Step

if TYPE_CHECKING:
    from tallyroom.ledger import SqliteLedger
    from tallyroom.model.campaign import Campaign
    from tallyroom.release import Imprint

__all__ = [
    "Built", "Comparison", "Move", "build_release", "compare_releases", "explained", "find_release", "verify_release",
    "write_release",
]  # fmt: skip
Books = Sequence["str | Path"]
"""Names of codebooks, folders of them, or none for all that ship."""
PROGRAM = f"tallyroom {__version__}"
_NEAR = 60
"""Characters around a figure that a trace shows."""


class Built(msgspec.Struct, frozen=True):
    """A release that was built: its files by name, its facts, and its entry in the record."""

    id: str
    files: dict[str, bytes]
    facts: tuple[Fact, ...]
    commit: Commit | None
    """What the record knew: the figures are as of this commit."""
    entry: int | None = None
    new: bool = False

    @property
    def revised(self) -> tuple[Fact, ...]:
        """The facts that are marked as revised."""
        return tuple(fact for fact in self.facts if fact.status == "r")


def build_release(
    ledger: SqliteLedger, source: str | Path, books: Books = (), author: str = "unsigned",
    check: str | Path | None = None,
) -> Built:  # fmt: skip
    """Build a release from its file and the record, and put it on record.

    A release that is on record is built again as it was: from the figures of its commit. The same id with other
    content is refused: what was published is revised by another release.

    Args:
        books: Names or folders of codebooks; all shipped ones by default.
        check: The folder where the files will go: it must be free for them before anything is recorded.

    Raises:
        OutputTaken: The folder holds something else.
        SpecWrong, TemplateWrong, NumberTyped: The release's file or its template has a mistake.
        FigureMissing, FigureUnclear, NameUnknown, WordingMissing, CoverageIncomplete: See `compose`.
        ReleaseTaken: Another release of this id is on record.
        NoSuchMoment: `as_of` is not over yet, or there is no such commit.
    """
    path, codebook = Path(source), load_codebook(books)
    data, name = _bytes(path), path.name
    spec = load_spec(data, name, codebook)
    template_data, template_name = find_template(spec.template, path.parent)
    template = load_template(template_data, template_name, codebook)
    if check is not None:
        _free_or_refused(Path(check), spec.id)
    before = find_release(ledger, spec.id)
    if before is not None:
        _same_or_refused(before, spec, template)
    commit = ledger.head(before.body["commit"] if before else _moment(spec.as_of))
    built = _make(ledger, spec, template, books, commit)
    if before is not None:
        return msgspec.structs.replace(built, entry=before.id)
    return msgspec.structs.replace(built, entry=_record(ledger, spec, template, built, author), new=True)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReleaseError(
            "the release file cannot be read", where=str(path), found=error.strerror or str(error),
            next_step="check the path",
        ) from None  # fmt: skip


def _moment(as_of: int | str | None) -> datetime.datetime | int | None:
    if not isinstance(as_of, str):
        return as_of
    moment = datetime.datetime.fromisoformat(as_of)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def find_release(ledger: SqliteLedger, id: str) -> Entry | None:
    """Return the entry of a release on record, None where there is none of this id."""
    return next((entry for entry in ledger.entries("release") if entry.body.get("id") == id), None)


def _same_or_refused(before: Entry, spec: Spec, template: Template) -> None:
    if (before.body["release_file"], before.body["template"]) == (spec.sha256, template.sha256):
        return
    raise ReleaseTaken(
        f"{spec.id} was published with other content", where=spec.file,
        expected=f"the release file and template of entry {before.id}", found="another one",
        next_step=f"give it an id of its own, and `revises: {spec.id}`",
    )  # fmt: skip


def _make(ledger: SqliteLedger, spec: Spec, template: Template, books: Books, commit: Commit | None) -> Built:
    """Make all files of a release from what the record knew at a commit."""
    codebook = load_codebook(books)
    as_of = commit.number if commit else 0
    campaign = load_campaign(spec.campaign, books) if spec.campaign and spec.round else None
    if campaign:
        _check_campaign(spec, campaign)
    earlier = find_release(ledger, spec.revises) if spec.revises else None
    if spec.revises and earlier is None:
        raise CommitMissing(
            f"the record has no release {spec.revises!r} to be revised", where=spec.file,
            expected=", ".join(entry.body["id"] for entry in ledger.entries("release")) or "any release",
            found=spec.revises, next_step="correct `revises`, or leave it out",
        )  # fmt: skip
    facts = facts_of(ledger, spec, campaign, codebook, as_of, earlier)
    release = compose(_imprint(spec, campaign, commit), facts, template, codebook, spec.editions)
    explain = _explainer(ledger, as_of)
    files = bundle(release, spec.date, codebook, explain)
    files |= {SPEC: spec.data, TEMPLATE: template.data}
    digest = campaign.digest if campaign else ""
    manifest = manifest_of(spec, template, codebook, commit, files, PROGRAM, digest)
    return Built(spec.id, {**files, MANIFEST: manifest}, release.facts, commit)


def _imprint(spec: Spec, campaign: Campaign | None, commit: Commit | None) -> Imprint:
    from tallyroom.release import Imprint

    period = spec.period or (campaign.round(spec.round).period if campaign and spec.round else None)
    return Imprint(
        id=spec.id, title=spec.title, publisher=spec.publisher, date=spec.date, home=spec.area, period=period,
        campaign=spec.campaign, place=spec.place, embargo=spec.embargo, notes=spec.notes,
        as_of=f"{commit.time:%Y-%m-%d %H:%M} UTC" if commit else "", demonstration=spec.demonstration,
    )  # fmt: skip


def _check_campaign(spec: Spec, campaign: Campaign) -> None:
    """Refuse a round or a line that the campaign does not have."""
    from tallyroom.codebook.problems import nearest

    rounds, lines = [one.code for one in campaign.rounds], [one.code for one in campaign.lines]
    for kind, named, known in (("round", (spec.round or "",), rounds), ("line", spec.wanted.places, lines)):
        for code in named:
            if code not in known:
                raise NameUnknown(
                    f"the campaign has no {kind} {code!r}", where=spec.file, expected=", ".join(known), found=code,
                    next_step=nearest(code, known) or "correct the code",
                )  # fmt: skip


def _record(ledger: SqliteLedger, spec: Spec, template: Template, built: Built, author: str) -> int:
    body = {
        "id": spec.id,
        "title": dict(spec.title),
        "date": spec.date.isoformat(),
        "commit": built.commit.number if built.commit else 0,
        "release_file": spec.sha256,
        "template": template.sha256,
        "manifest": hashlib.sha256(built.files[MANIFEST]).hexdigest(),
        "revises": spec.revises,
        "demonstration": spec.demonstration,
        "figures": [
            {"cell": _cell_text(fact.observation), "value": plain(fact.observation.value), "status": fact.status,
             "entries": list(fact.parts)}
            for fact in built.facts
        ],
    }  # fmt: skip
    about = tuple(sorted({entry for fact in built.facts for entry in fact.parts}))
    draft = Draft(
        author, f"release {spec.id}", (NewEntry("release", body, about),), (spec.data, template.data)
    )
    return ledger.append(draft).entries[0]


def _cell_text(row: Observation) -> str:
    return msgspec.json.encode(cell_of(row)).decode()


def _explainer(ledger: SqliteLedger, as_of: int) -> Any:
    return lambda entry: explained(trace(ledger, entry, as_of))


def explained(told: Trace) -> Explained:
    """Return what a release shows of a trace."""
    said, commit, quote = told.said, told.step.commit, told.quote
    document = told.document.entry.body if told.document else {}
    steps = tuple(_step(one.entry, one.commit) for one in (*told.decisions, *told.returns))
    body = told.step.entry.body if told.step.entry.kind == "decision" else {}
    return Explained(
        entry=told.step.entry.id,
        source=str(document.get("id", "")),
        before=quote.before[-_NEAR:].lstrip() if quote else "",
        text=quote.text if quote else "",
        behind=quote.after[:_NEAR].rstrip() if quote else "",
        value=plain(told.figure.observation.value if told.figure else said.value)
        if said
        else body.get("change", ""),
        unit=said.unit if said else body.get("unit", ""),
        rule=said.rule if said else "",
        cell=str(told.more.get("cell", "")),
        reporter=str(told.more.get("reporting_unit", "")),
        commit=commit.number,
        known=f"{commit.time:%Y-%m-%d %H:%M} UTC",
        author=commit.author,
        reason=commit.reason,
        steps=steps,
    )


def _step(entry: Entry, commit: Commit) -> Step:
    values = entry.body.get("values") or {}
    was = str(values.get("value", "") or entry.body.get("change", ""))
    return Step(entry.id, entry.kind, commit.author, f"{commit.time:%Y-%m-%d %H:%M} UTC", commit.reason, was)


def write_release(built: Built, folder: Path) -> list[Path]:
    """Write the files of a release into a folder; return their paths, the manifest last.

    Raises:
        OutputTaken: The folder holds something else, or cannot be written.
    """
    _free_or_refused(folder, built.id)
    paths = []
    for name in sorted(built.files, key=lambda name: (name == MANIFEST, name)):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(built.files[name])
        except OSError as error:
            raise _taken(path, error.strerror or str(error)) from None
        paths.append(path)
    return paths


def _free_or_refused(folder: Path, id: str) -> None:
    """A release shares its folder with nothing else: whatever else were there would look published."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not folder.is_dir():
        raise _taken(folder, "a file")
    found = read_manifest(folder)["release"] if (folder / MANIFEST).is_file() else "other files"
    if found != id:
        raise _taken(folder, f"release {found}" if found != "other files" else found)


def _taken(path: Path, found: str) -> OutputTaken:
    return OutputTaken(
        "the files of the release cannot go here", where=str(path),
        expected="an empty folder, or that of the same release", found=found, next_step="name another folder",
    )  # fmt: skip


def verify_release(
    folder: Path, ledger: SqliteLedger | None = None, books: Books = ()
) -> Iterator[ReleaseError]:
    """Give all that is wrong with a release: files that were changed, and what comes out otherwise when rebuilt.

    Args:
        ledger: The record that it was made from; without it the hashes of the files alone are checked.

    Raises:
        ManifestWrong: The folder is no release.
        CommitMissing: The record does not have the commit that it was made from.
    """
    manifest = read_manifest(folder)
    edited = list(edited_files(folder, manifest))
    yield from edited
    if ledger is None or {SPEC, TEMPLATE} & {
        Path(one.where).relative_to(folder).as_posix() for one in edited
    }:
        return
    yield from _rebuilt(folder, manifest, ledger, books)


def _rebuilt(
    folder: Path, manifest: Mapping[str, Any], ledger: SqliteLedger, books: Books
) -> Iterator[NotRebuilt]:
    book = load_codebook(books)
    commit = _commit_of(manifest, ledger, folder)
    spec = load_spec((folder / SPEC).read_bytes(), SPEC, book)
    template = load_template((folder / TEMPLATE).read_bytes(), TEMPLATE, book)
    made = _make(ledger, spec, template, books, commit)
    for name, about in manifest["files"].items():
        found = hashlib.sha256(made.files.get(name, b"")).hexdigest()
        if found != about["sha256"]:
            yield NotRebuilt(
                "this file comes out otherwise when the release is built again", where=str(folder / name),
                expected=about["sha256"], found=f"{found}; {_differs(manifest, made)}",
                next_step="take the versions that the manifest names",
            )  # fmt: skip


def _differs(manifest: Mapping[str, Any], made: Built) -> str:
    """What the two manifests name differently, but for the files themselves."""
    now = msgspec.json.decode(made.files[MANIFEST])
    names = [name for name in now if name != "files" and now[name] != manifest.get(name)]
    return f"other {', '.join(names)}" if names else "all versions are the same"


def _commit_of(manifest: Mapping[str, Any], ledger: SqliteLedger, folder: Path) -> Commit | None:
    told = manifest.get("ledger")
    if told is None:
        return None
    head = ledger.head()
    commit = ledger.head(told["commit"]) if head and head.number >= told["commit"] else None
    if commit is None or commit.hash != told["hash"]:
        raise CommitMissing(
            "this record does not have the commit that the release was made from", where=str(folder / MANIFEST),
            expected=f"commit {told['commit']} {told['hash'][:16]}…",
            found=f"{commit.hash[:16]}…" if commit else f"{head.number if head else 0} commits",
            next_step="give the record that it was made from",
        )  # fmt: skip
    return commit

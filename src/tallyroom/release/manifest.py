"""The manifest: what a release was made from, and the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from tallyroom.codebook import Codebook
from tallyroom.model import Commit
from tallyroom.release.problems import ManifestWrong, OutputEdited
from tallyroom.release.spec import Spec
from tallyroom.release.template import Template
from tallyroom.release.wording import templates_folder

MANIFEST = "manifest.json"
FORMAT = 1
SPEC, TEMPLATE = "source/release.yaml", "source/template.yaml"
_MAKERS = ("typst", "python-docx", "xlsxwriter", "pyarrow")


def manifest_of(
    spec: Spec, template: Template, codebook: Codebook, commit: Commit | None, outputs: Mapping[str, bytes],
    program: str, campaign: str = "",
) -> bytes:  # fmt: skip
    """Return the manifest of a release as JSON, keys in order.

    Args:
        commit: The commit that the figures were taken at; None for a record without one.
        outputs: All files of the release but the manifest, with the two that it was made from.
        campaign: The digest of the campaign's declaration.
    """
    content = {
        "format": FORMAT,
        **({"mark": "GENERATED DATA"} if spec.demonstration else {}),
        "release": spec.id,
        "program": program,
        "ledger": {"commit": commit.number, "hash": commit.hash} if commit else None,
        "release_file": spec.sha256,
        "template": {"name": template.name, "sha256": template.sha256},
        "wording": wording_hashes(),
        "codebook": {
            "names": list(codebook.names), "versions": dict(sorted(codebook.versions.items())),
            "digest": codebook.digest,
        },
        "campaign": campaign,
        "fonts": font_hashes(),
        "made_with": {name: version(name) for name in _MAKERS},
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(outputs.items())
        },
    }  # fmt: skip
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def font_hashes() -> dict[str, str]:
    """Return the SHA-256 of each font that is embedded."""
    folder = files("tallyroom.release") / "fonts"
    fonts = sorted(found.name for found in folder.iterdir() if found.name.endswith(".otf"))
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in fonts}


@cache
def wording_hashes() -> dict[str, str]:
    """Return the SHA-256 of each language's phrases."""
    paths = sorted((templates_folder() / "wording").glob("*.yaml"))
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder.

    Raises:
        ManifestWrong: There is none, it is broken, or a newer program wrote it.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise _no_release(path, error.strerror or str(error)) from None
    except ValueError as error:
        raise _no_release(path, str(error)) from None
    if (
        not isinstance(found, dict)
        or found.get("format") != FORMAT
        or not isinstance(found.get("files"), dict)
    ):
        raise _no_release(
            path, f"format {found.get('format')!r}" if isinstance(found, dict) else "no mapping"
        )
    return found


def _no_release(path: Path, found: str) -> ManifestWrong:
    return ManifestWrong(
        "this is no release", where=str(path), expected=f"a manifest of format {FORMAT}", found=found,
        next_step="name the folder that `tallyroom release build` wrote",
    )  # fmt: skip


def edited_files(folder: Path, manifest: Mapping[str, Any]) -> Iterator[OutputEdited]:
    """Give each file that is not the one that the manifest names: changed, missing, or not of the release."""
    named: dict[str, Any] = manifest["files"]
    for name, about in named.items():
        path = folder / name
        if not path.is_file():
            yield _edited(path, "no file", about["sha256"])
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != about["sha256"]:
            yield _edited(path, f"SHA-256 {found}", about["sha256"])
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST and name not in named:
            yield _edited(path, "a file that the manifest does not name", "no such file")


def _edited(path: Path, found: str, expected: str) -> OutputEdited:
    return OutputEdited(
        "this is not the file that was published", where=str(path), expected=expected, found=found,
        next_step="build the release again from its manifest",
    )  # fmt: skip

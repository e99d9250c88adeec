"""One run of `fuzz.py` with atheris: PARSER SECONDS SEED FOLDER. The file that breaks something goes into FOLDER.

In a package the engine writes one part, since what it does to a packed file only breaks its check sums.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tallyroom.documents", "email", "csv", "zipfile"]):
    from documents.fuzzing import TARGETS, check, packed

PATIENCE = 60
MEMORY = 4_000
LONGEST = 65_536


def main(name: str, seconds: str, begin: str, folder: Path) -> None:
    """Let the engine write files until the time is over. It ends the process: with 0 where nothing broke."""
    target = TARGETS[name]
    seeds = target.seeds()
    is_package = seeds[0].startswith(b"PK")
    corpus = Path("corpus")
    corpus.mkdir()
    for number, content in enumerate(begun(seeds)):
        (corpus / str(number)).write_bytes(content)

    def one(data: bytes) -> None:
        content = packed(seeds[0], data[0], data[1:]) if is_package and data else data
        check(content, target.name, patience=0)

    limits = [
        f"-max_total_time={seconds}",
        f"-seed={begin}",
        f"-timeout={PATIENCE}",
        f"-rss_limit_mb={MEMORY}",
        f"-max_len={LONGEST}",
    ]
    kept = f"-artifact_prefix={folder}/atheris-{name}-"
    atheris.Setup([sys.argv[0], *limits, kept, "-print_final_stats=1", str(corpus)], one)
    atheris.Fuzz()


def begun(seeds: object) -> list[bytes]:
    """What the engine begins with: whole files, or the parts of a package behind their number."""
    assert isinstance(seeds, list | tuple)
    if not seeds[0].startswith(b"PK"):
        return list(seeds)
    with zipfile.ZipFile(BytesIO(seeds[0])) as archive:
        return [bytes([at]) + archive.read(name) for at, name in enumerate(sorted(archive.namelist()))]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))

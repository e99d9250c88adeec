"""The checkout that is measured: the tree beside this folder, not an installed copy. Import it before `tallyroom`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

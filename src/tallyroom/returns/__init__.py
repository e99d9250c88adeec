"""Returns: tables that units file, checked by row and cell, to observations; and tables that others publish."""

from __future__ import annotations

"""The frame of a page that stands alone: it loads nothing, sends nothing, and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from tallyroom.show.text import clean


def asset(name: str) -> str:
    """Return a style or script that ships with the program."""
    return (files("tallyroom.show") / "assets" / name).read_text(encoding="utf-8")


def page_head(title: str, lang: str, style: str, script: str = "") -> str:
    """Return what stands before the body's content. Only this style, and this script if there is one, may run;
    pictures are those that the page holds."""
    allowed = f"script-src '{_digest(script)}'; " if script else ""
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; {allowed}img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{clean(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def page_foot(made_by: str, script: str = "") -> str:
    """Return what ends the page: what made it, and the script."""
    run = f"<script>{script}</script>\n" if script else ""
    return f"<footer><p>{clean(made_by)}</p></footer>\n{run}</body>\n</html>\n"


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

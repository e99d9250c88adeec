"""What the names of elements mean for the text of a page."""

from __future__ import annotations

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr", "basefont", "frame", "keygen")
)  # fmt: skip
EMPTY = VOID - {"br", "hr"}
"""Elements without text that part none either."""

BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
     "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "html", "legend", "li",
     "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "select",
     "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "label", "noscript",
     "template", "svg", "object", "video", "audio", "canvas")
)  # fmt: skip
"""Elements that begin and end a line."""

DROPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "noframes", "noembed", "object",
     "embed", "canvas", "video", "audio", "select", "datalist", "textarea", "title", "xmp",
     "applet", "rt", "rp", "del", "s", "strike", "map", "input", "progress", "meter")
)  # fmt: skip
"""Elements whose text is not the page's: programs, forms, what was struck out, the reading of characters."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
SECTIONS = frozenset(("thead", "tbody", "tfoot"))
TABLES = frozenset({"table"})
TABLE_PARTS = CELLS | SECTIONS | {"tr", "table"}
BREAKING = BLOCKS - {
    "noscript",
    "template",
    "svg",
    "object",
    "video",
    "audio",
    "canvas",
    "select",
    "label",
    "option",
    "button",
}
"""Blocks that part the text around them even where they are not shown themselves."""
WALLS = frozenset(("td", "th", "caption", "table", "html", "body", "button", "template", "object"))
"""Elements that an end tag of something inside them cannot close."""

_CLOSES_P = BLOCKS - {
    "body", "button", "caption", "head", "html", "label", "option", "optgroup", "td", "th", "tr",
    "tbody", "tfoot", "thead", "select", "noscript", "template", "svg", "object", "video", "audio",
    "canvas",
}  # fmt: skip
IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **{name: (frozenset({"p"}), WALLS) for name in _CLOSES_P},
    **{name: (HEADINGS | {"p"}, WALLS) for name in HEADINGS},
    "hr": (frozenset({"p"}), WALLS),
    "li": (frozenset({"li", "p"}), WALLS | {"ul", "ol", "menu", "dir"}),
    "dt": (frozenset({"dt", "dd", "p"}), WALLS | {"dl"}),
    "dd": (frozenset({"dt", "dd", "p"}), WALLS | {"dl"}),
    "tr": (CELLS | {"tr", "caption"}, frozenset({"table"})),
    "td": (CELLS | {"caption"}, frozenset({"table", "tr"})),
    "th": (CELLS | {"caption"}, frozenset({"table", "tr"})),
    **{name: (CELLS | SECTIONS | {"tr", "caption"}, frozenset({"table"})) for name in SECTIONS},
    "option": (frozenset({"option"}), frozenset({"select"})),
    "a": (frozenset({"a"}), WALLS),
    "body": (frozenset({"head"}), frozenset()),
}
"""What the start of an element closes, up to which walls: authors leave these end tags out."""

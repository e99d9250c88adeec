"""Office packages written by hand, for what no library writes: tracked changes, boxes, damage."""

from __future__ import annotations

import zipfile
from io import BytesIO

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_file(body: str, /, **parts: str) -> bytes:
    """A Word file with this body; other parts by their kind: `footnotes="<w:footnote ...>"`."""
    named = {"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    named |= {f"word/{kind}.xml": f"<w:{kind} {_W}>{content}</w:{kind}>" for kind, content in parts.items()}
    rels = "".join(
        f'<Relationship Id="r{kind}" Type="{_REL}/{kind.rstrip("123")}" Target="{kind}.xml"/>'
        for kind in parts
    )
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'{_RELS}<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/_rels/document.xml.rels": f"{_RELS}{rels}</Relationships>",
            **named,
        }
    )


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs, each as text."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(map(run, runs))}</w:p>"


def run(words: str, properties: str = "") -> str:
    """A run of characters of one form."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'

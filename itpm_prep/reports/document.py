"""A plain document and its three forms: an HTML page, Markdown, and a Word file.

The Word file is written here because the libraries for it need compiled code, which the candidate's side
does without. It is Office Open XML (ECMA-376) with nothing but paragraphs in styles of its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Literal
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct

from itpm_prep.reports.nodes import node
from itpm_prep.reports.printed_page import page_head

Kind = Literal["title", "heading", "subheading", "text", "quiet", "own", "item"]

_TAGS: dict[Kind, str] = {
    "title": "h1",
    "heading": "h2",
    "subheading": "h3",
    "text": "p",
    "quiet": "p",
    "own": "blockquote",
    "item": "li",
}
_LEADS: dict[Kind, str] = {"title": "# ", "heading": "## ", "subheading": "### ", "item": "- "}
_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.55 system-ui,sans-serif;color:#16191d}"
    "blockquote{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid #0b6e69;margin:0 0 1rem;"
    "padding:0 0 0 1rem}.quiet{color:#555}h1,h2,h3{line-height:1.3}h2{margin-top:2rem}"
)
# XML 1.0 has no way to write these.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_MARKS = re.compile(r"^(\s*|\s*\d+(?=[.)]))([-+=.)])", re.MULTILINE)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Style: its name in Word, half points, bold, twips before, colour, twips indented.
_STYLES: dict[Kind, tuple[str, int, bool, int, str, int]] = {
    "title": ("Title", 40, True, 0, "16191D", 0),
    "heading": ("heading 1", 30, True, 360, "16191D", 0),
    "subheading": ("heading 2", 24, True, 240, "16191D", 0),
    "text": ("Normal", 22, False, 60, "16191D", 0),
    "quiet": ("Remark", 22, False, 60, "555555", 0),
    "own": ("Quote", 22, False, 60, "16191D", 360),
    "item": ("List Paragraph", 22, False, 0, "16191D", 360),
}


class Piece(Struct, frozen=True):
    """One paragraph; ``own`` is what a person wrote, shown as they wrote it."""

    kind: Kind
    text: str


def plain(pieces: Iterable[Piece]) -> str:
    """All that can be read in any of the forms."""
    return "\n".join(piece.text for piece in pieces)


def to_html(title: str, pieces: Sequence[Piece]) -> bytes:
    """A page that prints, loads nothing and runs nothing."""
    body = ET.Element("body")
    group = body
    for piece in pieces:
        if piece.kind != "item":
            group = body
        elif group is body:
            group = ET.SubElement(body, "ul")
        look = {"class": "quiet"} if piece.kind == "quiet" else {}
        ET.SubElement(group, _TAGS[piece.kind], look).text = _UNWRITABLE.sub("\ufffd", piece.text)
    page = node("html", page_head(title, _STYLE), body, lang="en")
    content: bytes = ET.tostring(page, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + content


def to_markdown(pieces: Iterable[Piece]) -> bytes:
    """CommonMark; whatever would be read as a mark is escaped."""
    lines: list[str] = []
    before: Kind | None = None
    for piece in pieces:
        text = _LINE_MARKS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", piece.text))
        if piece.kind == "own":
            text = "\n".join(f"> {line}".rstrip() + ("  " if line else "") for line in text.splitlines())
        else:
            text = _LEADS.get(piece.kind, "") + " ".join(text.split())
        lines += [text] if piece.kind == before == "item" else ["", text]
        before = piece.kind
    return ("\n".join(lines).strip() + "\n").encode("utf-8", "replace")


def to_word(pieces: Iterable[Piece]) -> bytes:
    """A Word file (.docx)."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _content_types()),
            ("_rels/.rels", _relationships("officeDocument", "word/document.xml")),
            ("word/_rels/document.xml.rels", _relationships("styles", "styles.xml")),
            ("word/styles.xml", _styles()),
            ("word/document.xml", _document(pieces)),
        ):
            entry = ZipInfo(name)  # with no time of its own: the same words give the same file
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, ET.tostring(content, encoding="utf-8", xml_declaration=True))
    return file.getvalue()


def _content_types() -> ET.Element:
    space = f"{_PACKAGE}/content-types"
    types = ET.Element(f"{{{space}}}Types")
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for ending, kind in kinds.items():
        ET.SubElement(types, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    for name, part in (("document", "document.main"), ("styles", "styles")):
        ET.SubElement(
            types, f"{{{space}}}Override", PartName=f"/word/{name}.xml", ContentType=f"{_WORD}.{part}+xml"
        )
    return types


def _relationships(kind: str, target: str) -> ET.Element:
    space = f"{_PACKAGE}/relationships"
    relationships = ET.Element(f"{{{space}}}Relationships")
    ET.SubElement(
        relationships, f"{{{space}}}Relationship", Id="rId1", Type=f"{_OFFICE}/{kind}", Target=target
    )
    return relationships


def _styles() -> ET.Element:
    styles = ET.Element(_w("styles"))
    for kind, (name, size, bold, before, colour, indent) in _STYLES.items():
        attributes = {_w("type"): "paragraph", _w("styleId"): kind}
        if kind == "text":
            attributes[_w("default")] = "1"
        style = ET.SubElement(styles, _w("style"), attributes)
        ET.SubElement(style, _w("name"), {_w("val"): name})
        layout = ET.SubElement(style, _w("pPr"))
        ET.SubElement(layout, _w("spacing"), {_w("before"): str(before), _w("after"): "60"})
        ET.SubElement(layout, _w("ind"), {_w("left"): str(indent)})
        run = ET.SubElement(style, _w("rPr"))
        if bold:
            ET.SubElement(run, _w("b"))
        ET.SubElement(run, _w("color"), {_w("val"): colour})
        ET.SubElement(run, _w("sz"), {_w("val"): str(size)})
    return styles


def _document(pieces: Iterable[Piece]) -> ET.Element:
    document = ET.Element(_w("document"))
    body = ET.SubElement(document, _w("body"))
    for piece in pieces:
        paragraph = ET.SubElement(body, _w("p"))
        layout = ET.SubElement(paragraph, _w("pPr"))
        ET.SubElement(layout, _w("pStyle"), {_w("val"): piece.kind})
        run = ET.SubElement(paragraph, _w("r"))
        text = ("• " if piece.kind == "item" else "") + _UNWRITABLE.sub("\ufffd", piece.text)
        for number, line in enumerate(text.splitlines() or [""]):
            if number:
                ET.SubElement(run, _w("br"))
            ET.SubElement(run, _w("t"), {"xml:space": "preserve"}).text = line
    return document


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"

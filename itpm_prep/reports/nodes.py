"""HTML as a tree: whatever is text stays text, so no answer can become markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

Child = Element | str


def node(tag: str, *children: Child, **attributes: str) -> Element:
    """An element; ``class_`` and ``for_`` lose their underscore, ``aria_label`` becomes ``aria-label``."""
    element = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element


def html(*elements: Element) -> str:
    """The elements as HTML text."""
    return "".join(tostring(element, encoding="unicode", method="html") for element in elements)


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Child]], words: int = 1) -> Element:
    """A table that scrolls sideways when it is wider than the column.

    The first ``words`` columns hold words, the others numbers; the first cell heads its row.
    """
    looks: list[dict[str, str]] = [{}] * words + [{"class_": "number"}] * (len(head) - words)
    heads = (node("th", name, scope="col", **look) for name, look in zip(head, looks, strict=True))
    return scrolled(caption, node("tr", *heads), (_row(row, looks) for row in rows))


def scrolled(caption: str, head: Element, rows: Iterable[Element], **attributes: str) -> Element:
    """Rows made elsewhere, as a table that scrolls like the others; ``attributes`` are the table's own."""
    table = node("table", node("caption", caption), node("thead", head), node("tbody", *rows), **attributes)
    return node("div", table, class_="scroll", tabindex="0", role="group", aria_label=caption)


def _row(cells: Sequence[Child], looks: Sequence[dict[str, str]]) -> Element:
    first, *rest = zip(cells, looks, strict=True)
    return node(
        "tr",
        node("th", first[0], scope="row", **first[1]),
        *(node("td", cell, **look) for cell, look in rest),
    )


def folded(summary: Child, *children: Child, unfolded: bool) -> Element:
    """Something that opens on demand."""
    element = node("details", node("summary", summary), *children)
    if unfolded:
        element.set("open", "open")
    return element

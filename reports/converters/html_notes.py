"""Footnotes of a page: a short link down to a text that links back up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Element = Any

_SIGN = re.compile(r"[\[(]?\s*(\d{1,4}|[ivxlc]{1,7}|[a-z]|\*{1,4}|[†‡§])\s*[\])]?", re.IGNORECASE)
_BLOCKS = ("p", "div", "li", "td", "aside", "section", "dd")


class PageNotes:
    """The notes of one page, found by the links between their signs and their texts."""

    def __init__(self, root: Element) -> None:
        targets: dict[str, Element] = {}
        for element in root.iter():
            if isinstance(element.tag, str):
                for name in (element.get("id"), element.get("name")):
                    if name:
                        targets.setdefault(name, element)
        self._labels: dict[Element, str] = {}
        self._containers: dict[Element, str] = {}
        self._back: set[Element] = set()
        for link in root.iter("a"):
            self._read(link, targets)

    def _read(self, link: Element, targets: dict[str, Element]) -> None:
        sign = _sign(link)
        target = targets.get((link.get("href") or "")[1:]) if sign else None
        if target is None or link in self._back:
            return
        own = {name for name in (link.get("id"), link.get("name")) if name}
        own |= {name for up in link.iterancestors("sup", "span") if (name := up.get("id"))}
        own |= {name for inner in link.iter() if (name := inner.get("id") or inner.get("name"))}
        container = _container(target)
        backs = [a for a in container.iter("a") if (a.get("href") or "#")[1:] in own and a is not link]
        if backs and link not in set(container.iter("a")):
            label = sign
            if label in self._containers.values() and self._containers.get(container) != label:
                label = str(len(self._containers) + 1)
            self._labels[link] = self._containers.setdefault(container, label)
            self._back.update(backs)

    def label(self, link: Element) -> str:
        """The label of the note that `link` refers to, empty if it is no such link."""
        return self._labels.get(link, "")

    def is_note(self, element: Element) -> bool:
        """Whether `element` holds the text of a note."""
        return element in self._containers

    def is_back_link(self, element: Element) -> bool:
        """Whether `element` leads from a note back to its sign."""
        return element in self._back

    def texts(self) -> Iterator[tuple[str, Element]]:
        """Label and element of every note."""
        for element, label in self._containers.items():
            yield label, element


def _sign(link: Element) -> str:
    if not (link.get("href") or "").startswith("#"):
        return ""
    match = _SIGN.fullmatch("".join(link.itertext()).strip())
    return match.group(1) if match else ""


def _container(target: Element) -> Element:
    """The element that holds the whole text of the note at `target`."""
    block = target
    while block.tag not in _BLOCKS and block.getparent() is not None:
        block = block.getparent()
    parent = block.getparent()
    if parent is not None and parent.tag in ("div", "aside", "li") and parent.get("id"):
        inside = [a for a in parent.iter("a") if (a.get("href") or "").startswith("#") and _sign(a)]
        if len(inside) == 1:
            return parent
    return block

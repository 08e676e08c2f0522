"""How a page sets its text: tags, attributes, and the classes of its own style sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from reports.converters.pieces import PLAIN
from reports.document import Style

MOST_RULES = 5_000
LONGEST_SHEET = 500_000
"""Code points of style sheets that are read."""

_STYLES = {
    "b": Style.STRONG, "strong": Style.STRONG, "i": Style.EMPHASIS, "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS, "s": Style.STRIKE, "strike": Style.STRIKE, "del": Style.STRIKE,
}  # fmt: skip
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:([a-z][a-z0-9]*)?\.([\w-]+)|([a-z][a-z0-9]*))", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_FAMILY = re.compile(r"""font-family\s*:\s*['"]?([^;,'"]+)""", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*pt", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*([a-z]+)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)

Element = Any


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set; `size` in points, 0 unknown."""

    style: Style = PLAIN
    font: str = ""
    size: float = 0.0
    raised: int = 0
    centred: bool = False


class Sheets:
    """The rules of a page's own style sheets that name a tag or a class; nothing is loaded from elsewhere."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[tuple[str, str], str] = {}
        source = "\n".join(sheet.text or "" for sheet in root.iter("style"))[:LONGEST_SHEET]
        for match in _RULE.finditer(_COMMENT.sub(" ", source)):
            if len(self._rules) >= MOST_RULES:
                break
            for selector in match.group(1).split(","):
                named = _SELECTOR.fullmatch(selector.strip())
                if named:
                    key = ((named.group(1) or named.group(3) or "").lower(), named.group(2) or "")
                    self._rules[key] = f"{self._rules.get(key, '')};{match.group(2)}"

    def declarations(self, element: Element) -> str:
        """What holds for `element`, the strongest last."""
        tag = element.tag.lower()
        found = [self._rules.get((tag, ""), "")]
        for name in (element.get("class") or "").split()[:20]:
            found += [self._rules.get(("", name), ""), self._rules.get((tag, name), "")]
        return ";".join([*filter(None, found), element.get("style") or ""])


def is_hidden(element: Element) -> bool:
    """Whether the page does not show `element`."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def changed(look: Look, element: Element, declared: str) -> Look:
    """`look` with what `element` and the declarations for it set for the text inside."""
    tag = element.tag.lower()
    if tag in _STYLES:
        look = replace(look, style=look.style | _STYLES[tag])
    elif tag in ("sup", "sub"):
        look = replace(look, raised=1 if tag == "sup" else -1)
    elif tag == "a" and element.get("href"):
        look = replace(look, style=look.style | Style.LINK)
    elif tag == "font" and element.get("face"):
        look = replace(look, font=element.get("face").split(",")[0].strip("'\" "))
    if tag == "center" or element.get("align"):
        look = replace(look, centred=tag == "center" or element.get("align").lower() == "center")
    return _declared(look, declared) if declared else look


def _declared(look: Look, declared: str) -> Look:
    def last(pattern: re.Pattern[str]) -> str:
        found = pattern.findall(declared)
        return str(found[-1]).strip().lower() if found else ""

    weight, align, raised, size = last(_WEIGHT), last(_ALIGN), last(_RAISED), last(_SIZE)
    families = _FAMILY.findall(declared)
    if weight:
        bold = weight == "bold" or weight[0] in "6789"
        look = replace(look, style=look.style | Style.STRONG if bold else look.style & ~Style.STRONG)
    if align:
        look = replace(look, centred=align == "center")
    if raised:
        look = replace(look, raised=1 if raised == "super" else -1)
    if families:
        look = replace(look, font=families[-1].strip("'\" "))
    if size and size.replace(".", "", 1).isdigit():
        look = replace(look, size=float(size))
    return look

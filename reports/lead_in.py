"""Openings of a sentence that connect or contrast and state no problem of their own."""

from __future__ import annotations

import re

_CONNECTIVES = """
bên cạnh đó|cùng với đó|song song với đó|đi đôi với đó|ngoài đó|trước đó|sau đó|kể từ đó|trong khi đó|nhân đó
theo đó|ngoài ra|tuy nhiên|tuy vậy|song|nhưng|mặc dù vậy|dù vậy|mặt khác|trái lại|ngược lại|do đó|do vậy
vì vậy|vì thế|bởi vậy|nhờ đó|nhờ vậy|qua đó|từ đó|trong đó|cụ thể|cụ thể là|đặc biệt|đặc biệt là|đáng chú ý
nhìn chung|nói chung|tóm lại|đồng thời|hơn nữa|thêm vào đó|trước hết|trước tiên|cuối cùng|tiếp theo|như vậy
một là|hai là|ba là|bốn là|năm là|thứ nhất|thứ hai|thứ ba|thứ tư|thứ năm
however|nevertheless|moreover|furthermore|in addition|besides|in particular|as a result|therefore|meanwhile
at the same time|on the other hand|in general|overall
"""
_CONNECTIVE = "|".join(_CONNECTIVES.split("\n")[1:-1]).replace(" ", r"\s")

_ACHIEVED = r"(?:đạt\sđược|nêu\strên|kể\strên|nói\strên|đã\snêu|tích\scực)"
_BESIDE = r"(?:bên\scạnh|ngoài|song\ssong\svới|cùng\svới|đi\sđôi\svới)"

LEAD_IN = re.compile(
    rf"""(?:
        {_BESIDE}\s(?:những|các|một\ssố|kết\squả)\b[^;:.]{{0,160}}?{_ACHIEVED}
      | (?:bên\scạnh|ngoài)\s(?:những|các)\b[^,;:.]{{0,120}}
      | {_CONNECTIVE}
      | (?:alongside|besides|despite|apart\sfrom)\s(?:the|these|those)\b[^,;:.]{{0,120}}
    )\s*,\s+""",
    re.VERBOSE | re.IGNORECASE,
)
"""Matches a lead-in with its comma and space: "Tuy nhiên, ", "Bên cạnh những kết quả đạt được, "."""

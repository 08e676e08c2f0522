"""Reports to measure with: Vietnamese Markdown of any length from a fixed seed, the same bytes every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

SEED = 20230331
END = "HẾT BÁO CÁO"

_PLACES = (
    "huyện Kim Lũng",
    "huyện Đông Lâm",
    "thị xã Bình Trạch",
    "thành phố Tân Lâm",
    "huyện Mường Khê",
    "xã Lâm Thượng",
    "phường Trà Ngạn",
)
_AGENCIES = (
    "Sở Tài nguyên và Môi trường",
    "Sở Kế hoạch và Đầu tư",
    "Sở Xây dựng",
    "Sở Giao thông vận tải",
    "Sở Tài chính",
    "Thanh tra tỉnh",
    "Ban Quản lý dự án đầu tư xây dựng",
    "UBND các huyện, thị xã, thành phố",
)
_WORKS = (
    "đường vành đai phía Tây",
    "hồ chứa nước Khe Vàng",
    "cầu Đông Lâm",
    "khu tái định cư Lâm Thượng",
    "nhà máy xử lý nước thải",
    "trường trung học cơ sở",
)
_PROBLEMS = (
    "tiến độ giải phóng mặt bằng còn chậm",
    "tỷ lệ giải ngân vốn đầu tư công đạt thấp",
    "thi công kéo dài, nhà thầu thiếu năng lực",
    "vi phạm về quản lý đất đai chưa được xử lý dứt điểm",
    "xây dựng trái phép trên đất nông nghiệp còn xảy ra",
    "ô nhiễm môi trường ở khu dân cư chậm được khắc phục",
    "hồ sơ thủ tục hành chính quá hạn còn nhiều",
    "công tác phối hợp giữa các ngành thiếu chặt chẽ",
)
_CAUSES = (
    "giá vật liệu tăng cao",
    "người dân chưa đồng thuận với đơn giá bồi thường",
    "hồ sơ địa chính không thống nhất qua các thời kỳ",
    "cán bộ còn tâm lý sợ sai",
    "vốn bố trí chậm",
)
_HEADINGS = (
    "Tình hình chung",
    "Giải phóng mặt bằng",
    "Đầu tư công",
    "Đất đai, môi trường",
    "Tồn tại, hạn chế",
    "Kiến nghị, đề xuất",
)


def report(size: int, name: str, *, short_lines: bool = False) -> str:
    """A Markdown report of about `size` bytes. `short_lines`: a clause a line, as lists of findings have."""
    chance = random.Random(f"{SEED} {name}")
    lines = [f"# Báo cáo {name} của tỉnh Lam Giang", ""]
    written = len("\n".join(lines).encode())
    for block in _blocks(chance, short_lines):
        lines += block
        written += sum(len(line.encode()) + 1 for line in block)
        if written >= size:
            break
    return "\n".join([*lines, "", END, ""])


def write(path: Path, text: str) -> Path:
    """Write a report where it is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def _blocks(chance: random.Random, short_lines: bool) -> Iterator[list[str]]:
    section = 0
    while True:
        section += 1
        yield ["", f"## {section}. {chance.choice(_HEADINGS)}", ""]
        for _ in range(chance.randint(4, 12)):
            kind = chance.random()
            if kind < (0.3 if short_lines else 0.7):
                yield [_paragraph(chance, short_lines), ""]
            elif kind < 0.97:
                more = 0.2 if short_lines else 0.35
                yield [*(f"- {_clause(chance, more)};" for _ in range(chance.randint(3, 9))), ""]
            else:
                yield [*_table(chance), ""]


def _paragraph(chance: random.Random, short: bool) -> str:
    if short:
        return f"Nhìn chung, {_clause(chance, 0.2)}."
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 5)))


def _sentence(chance: random.Random) -> str:
    clauses = "; ".join(_clause(chance) for _ in range(chance.randint(1, 4)))
    lead = f"Đến ngày {chance.randint(1, 28)}/{chance.randint(1, 12)}/2023, " if chance.random() < 0.4 else ""
    return f"{lead or 'Nhìn chung, '}{clauses}."


def _clause(chance: random.Random, more: float = 0.35) -> str:
    """A clause, which goes on with a work, a cause and an agency each with probability `more`."""
    words = f"{chance.choice(_PROBLEMS)} tại {chance.choice(_PLACES)}"
    if chance.random() < more:
        share = f"{chance.randint(50, 980) / 10:.1f}".replace(".", ",")
        words += f", dự án {chance.choice(_WORKS)} mới đạt {share}%"
    if chance.random() < more:
        words += f" do {chance.choice(_CAUSES)}"
    if chance.random() < more:
        words += f", {chance.choice(_AGENCIES)} chưa kịp thời tham mưu"
    return words


def _table(chance: random.Random) -> list[str]:
    rows = [
        f"| {place} | {chance.randint(50, 990)} | {chance.randint(10, 99)}% |"
        for place in chance.sample(_PLACES, chance.randint(3, 6))
    ]
    return ["| Địa phương | Kế hoạch | Đạt |", "|---|--:|--:|", *rows]

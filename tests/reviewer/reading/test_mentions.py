"""The agencies that a report names: underlined when wanted, never linked by themselves."""

from __future__ import annotations

from pathlib import Path

from tests.reviewer.reading.kit import Reading, reading

TEXT = """\
Báo cáo quý I năm 2023

Sở Tài nguyên và Môi trường phối hợp với UBND huyện Phú Bình rà soát; TN&MT báo cáo kết quả.
"""


def underlined(at: Reading) -> list[str]:
    """The words on the page that are underlined."""
    found: list[str] = []
    view = at.screen.view
    for y in range(view.size.height):
        held = ""
        for segment in view.render_line(y):
            if segment.style is not None and segment.style.underline:
                held += segment.text
            elif held:
                found.append(held)
                held = ""
        found += [held] if held else []
    return found


async def test_a_key_underlines_the_agencies_named_and_takes_it_off_again(tmp_path: Path) -> None:
    async with reading(tmp_path, TEXT) as at:
        assert underlined(at) == []
        await at.press("M")
        await at.until(lambda: bool(underlined(at)))
        assert underlined(at) == ["Sở Tài nguyên và Môi trường", "UBND huyện Phú Bình", "TN&MT"]
        assert "named 3 times" in at.notices
        assert at.stored == []
        await at.press("j")
        assert len(underlined(at)) == 3
        await at.press("M")
        assert underlined(at) == []

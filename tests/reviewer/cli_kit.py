"""Runs commands in this process and keeps what they printed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewer.__main__ import main

REPORT = """\
Giao ban các cơ quan khối Đảng quý I năm 2023

Trong quý I năm 2023, các cơ quan khối Đảng tỉnh đã tích cực triển khai thực hiện tốt nhiệm vụ.

Bên cạnh những kết quả đạt được, tiến độ giải phóng mặt bằng, thi công một số công trình còn chậm; một số \
dự án có vi phạm từ nhiều năm chưa được giải quyết dứt điểm; tình trạng vi phạm về quản lý đất đai, \
xây dựng trái phép, ô nhiễm môi trường còn xảy ra ở một số địa phương.
"""


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))


class Shell:
    """A command line on one database of its own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        self.folder = folder
        self.database = folder / "reviewer.db"
        self._capture = capture

    def __call__(self, *words: str | Path) -> Ran:
        self._capture.readouterr()
        try:
            code = main(["--db", str(self.database), "--lang", "en", *map(str, words)])
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = self._capture.readouterr()
        return Ran(code, out.decode(), err.decode())

    def file(self, name: str, text: str | bytes = REPORT) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

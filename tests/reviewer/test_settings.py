"""The settings file: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.settings import Settings, SettingsError, load_settings

COMMANDS = frozenset({"reading.tag", "reading.note", "list.export"})


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_every_setting_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'language = "vi"\ntheme = "light"\ncolours = "16"\npanel_side = "left"\npanel_width = 50\n'
        "mouse = false\ncompact = true\nresume = false\nidle_minutes = 0.5\n"
        "keep_files = false\nkeep_files_up_to = 5\n"
        '[keys]\n"reading.tag" = ["t", "f2"]\n"reading.note" = "m"\n',
    )
    settings = load_settings(path, command_ids=lambda: COMMANDS)
    assert settings == Settings(
        language="vi",
        theme="light",
        colours="16",
        panel_side="left",
        panel_width=50,
        mouse=False,
        compact=True,
        resume=False,
        idle_minutes=0.5,
        keep_files=False,
        keep_files_up_to=5,
        keys={"reading.tag": "t,f2", "reading.note": "m"},
        source=path,
    )
    assert (settings.largest_kept, Settings().largest_kept) == (0, 50 * 2**20)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("theem = 1", "Did you mean theme?"),
        ('theme = "drak"', "theme = 'drak' is not possible. Possible: dark, light, auto."),
        ("panel_width = 3", "24 … 80"),
        ("panel_width = true", "24 … 80"),
        ("mouse = 1", "true, false"),
        ("keys = 3", "keys must be a table"),
        ('[keys]\n"reading.tga" = "t"', "Did you mean keys.reading.tag?"),
        ('[keys]\n"reading.tag" = []', "must be a key or a list of keys"),
        ("zzzzqqq = 1", "The settings are: language, theme"),
        ("theme = ", "is not valid TOML"),
    ],
)
def test_a_mistake_names_file_and_way_out(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(path, command_ids=lambda: COMMANDS)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(path)

"""The settings file: TOML; every error names the file, the key and the nearest valid key."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reports.errors import N_, ReviewError


class SettingsError(ReviewError):
    """A settings file that cannot be read or holds a key or value that means nothing."""


THEMES = ("dark", "light", "auto")
COLOURS = ("auto", "truecolor", "256", "16", "none")
SIDES = ("right", "left")
LANGUAGES = ("auto", "en", "vi")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says, with the defaults for what it does not say.

    `panel_width`: cells. `keys`: command id → keys, comma separated as Textual writes them.
    `compact`: the screen for thin lines. `resume`: open where the last session ended. `idle_minutes`: a
    session through the gate ends when so long nothing was typed; 0 for never. `keep_files`: the file that a
    report is read from is kept in the record, byte for byte, unless it has more than `keep_files_up_to` MB.
    """

    language: str = "auto"
    theme: str = "dark"
    colours: str = "auto"
    panel_side: str = "right"
    panel_width: int = 42
    mouse: bool = True
    compact: bool = False
    resume: bool = True
    idle_minutes: float = 0
    keep_files: bool = True
    keep_files_up_to: int = 50
    keys: Mapping[str, str] = field(default_factory=dict)
    source: Path | None = None

    @property
    def largest_kept(self) -> int:
        """Bytes up to which a report's file is kept; 0 where none is."""
        return self.keep_files_up_to * 2**20 if self.keep_files else 0


def _choice(allowed: tuple[str, ...]) -> Callable[[object], object]:
    def check(value: object) -> object:
        if value not in allowed:
            raise ValueError(", ".join(allowed))
        return value

    return check


def _switch(value: object) -> object:
    if not isinstance(value, bool):
        raise ValueError("true, false")
    return value


def _width(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or not 24 <= value <= 80:
        raise ValueError("24 … 80")
    return value


def _minutes(value: object) -> object:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1440:
        raise ValueError("0 … 1440")
    return value


def _megabytes(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 50:
        raise ValueError("1 … 50")
    return value


_CHECKS: dict[str, Callable[[object], object]] = {
    "language": _choice(LANGUAGES),
    "theme": _choice(THEMES),
    "colours": _choice(COLOURS),
    "panel_side": _choice(SIDES),
    "panel_width": _width,
    "mouse": _switch,
    "compact": _switch,
    "resume": _switch,
    "idle_minutes": _minutes,
    "keep_files": _switch,
    "keep_files_up_to": _megabytes,
}


def settings_path() -> Path:
    """Where the settings are: `$REVIEWER_SETTINGS`, else the user's configuration directory."""
    named = os.environ.get("REVIEWER_SETTINGS")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("reviewer") / "settings.toml"


def load_settings(
    path: Path | None = None, *, command_ids: Callable[[], frozenset[str]] | None = None
) -> Settings:
    """The settings in `path` (default: `settings_path()`); defaults if there is no such file.

    `command_ids`: gives the commands that `[keys]` may name; None leaves the names unchecked.
    Raises SettingsError.
    """
    path = path or settings_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            N_("The settings file {path} cannot be read ({reason}). Mend it or move it away."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            N_("The settings file {path} is not valid TOML: {reason}."), path=path, reason=error
        ) from error
    return _checked(table, path, command_ids)


def _checked(table: dict[str, Any], path: Path, command_ids: Callable[[], frozenset[str]] | None) -> Settings:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key == "keys":
            values["keys"] = _keys(value, path, command_ids() if command_ids else None)
            continue
        if key not in _CHECKS:
            raise _unknown(key, [*_CHECKS, "keys"], path)
        try:
            values[key] = _CHECKS[key](value)
        except ValueError as error:
            raise SettingsError(
                N_("In {path}, {key} = {value!r} is not possible. Possible: {allowed}."),
                path=path,
                key=key,
                value=value,
                allowed=error,
            ) from error
    return replace(Settings(source=path), **values)


def _keys(value: object, path: Path, command_ids: frozenset[str] | None) -> dict[str, str]:
    if not isinstance(value, dict):
        raise SettingsError(N_('In {path}, keys must be a table: [keys], then command = "key".'), path=path)
    keys: dict[str, str] = {}
    for command, written in value.items():
        if command_ids is not None and command not in command_ids:
            raise _unknown(f"keys.{command}", [f"keys.{name}" for name in sorted(command_ids)], path)
        parts = written if isinstance(written, list) else [written]
        if not parts or not all(isinstance(part, str) and part.strip() for part in parts):
            raise SettingsError(
                N_('In {path}, keys.{command} must be a key or a list of keys, such as "t" or ["t", "f2"].'),
                path=path,
                command=command,
            )
        keys[command] = ",".join(part.strip() for part in parts)
    return keys


def _unknown(key: str, known: list[str], path: Path) -> SettingsError:
    near = difflib.get_close_matches(key, known, 1, 0.5)
    if near:
        return SettingsError(
            N_("In {path}, {key} is no setting. Did you mean {nearest}?"), path=path, key=key, nearest=near[0]
        )
    return SettingsError(
        N_("In {path}, {key} is no setting. The settings are: {known}."),
        path=path,
        key=key,
        known=", ".join(known[:20]),
    )

"""The environment of a session: made anew, since a client can send some of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,40}")
_CONNECTION = re.compile(r"[0-9A-Fa-f.:% ]{1,150}")
_TTY = re.compile(r"/dev/(?:pts/)?[A-Za-z0-9]{1,20}")
_TIME_ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}")


def session_environment(given: Mapping[str, str], home: str, time_zone: str = "") -> dict[str, str]:
    """What a session's environment is, of all that was `given`: the terminal's kind, where the line ends, and
    whether Vietnamese is spoken; each only in the form that it can have."""
    made = {"PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    for name, form in (("TERM", _TERM), ("SSH_CONNECTION", _CONNECTION), ("SSH_TTY", _TTY)):
        if form.fullmatch(given.get(name, "")):
            made[name] = given[name]
    spoken = given.get("LC_ALL") or given.get("LC_MESSAGES") or given.get("LANG") or ""
    if spoken.lower().startswith("vi"):
        made["LC_MESSAGES"] = "vi_VN.UTF-8"
    if given.get("COLORTERM") in ("truecolor", "24bit"):
        made["COLORTERM"] = "truecolor"
    if _TIME_ZONE.fullmatch(time_zone):
        made["TZ"] = time_zone
    return made

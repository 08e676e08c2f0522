"""Which file system a path is on."""

from __future__ import annotations

from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb2",
        "smb3",
        "smbfs",
    ]
)


def network_file_system(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """The name of the network file system that `path` (absolute, resolved) is on; None on a local one.

    SQLite's shared memory and locks work only among processes of one host. `fuse.…` file systems count as
    network ones. Where the system keeps no mount table, the answer is None.
    """
    try:
        table = mounts.read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    best, kind = -1, ""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = _unescape(fields[4])
        if len(point) >= best and path.is_relative_to(point):
            best, kind = len(point), after.split(" ", 1)[0]
    return kind if kind in _NETWORK or kind.startswith("fuse.") else None


def _unescape(field: str) -> str:
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        field = field.replace(code, character)
    return field

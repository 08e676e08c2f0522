"""The files that texts were read from: byte for byte, once each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from annotations.errors import NotFound, StoreError
from annotations.models import Report
from annotations.store.record import Record
from reports.errors import N_


@dataclass(frozen=True)
class Original:
    """The file that a text was read from. `format`, `encoding`: as in `reports.load.Loaded`. `keep`: its
    bytes are kept, otherwise only their number and SHA-256."""

    data: bytes
    format: str = ""
    encoding: str = ""
    keep: bool = True

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A text that was read from a file. `report`: its report if it stands, which is to say that neither was
    bringing it in undone nor the report deleted. `kept`: the bytes of the file are."""

    revision_id: int
    report: Report | None
    kept: bool


class Files(Record):
    """The part of the store that holds the files that texts were read from. Nothing takes one out."""

    def original(self, revision_id: int) -> bytes:
        """The file that a text was read from, byte for byte; NotFound where it was not kept."""
        found = self._rows(
            "SELECT f.sha256, f.data FROM revisions v JOIN source_files f ON f.sha256 = v.file_sha256"
            " WHERE v.id = ?",
            (revision_id,),
        )
        if not found or found[0][1] is None:
            raise NotFound(N_("The file that this text was read from was not kept. Only its text is here."))
        sha256, data = found[0]
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(N_("The file that was kept is damaged. Run `reviewer check`."))
        return bytes(data)

    def _keep_file(self, revision_id: int, original: Original | None) -> None:
        """Keep the file of a text that has none yet, in the transaction that is open, and read it back."""
        if original is None or self._has_file(revision_id, original):
            return
        self._connection.execute(
            "INSERT INTO source_files (sha256, size, data) VALUES (?, ?, ?) ON CONFLICT (sha256)"
            " DO UPDATE SET data = coalesce(data, excluded.data)",
            (original.sha256, len(original.data), original.data if original.keep else None),
        )
        self._connection.execute(
            "UPDATE revisions SET file_sha256 = ?, format = ?, encoding = ? WHERE id = ?",
            (original.sha256, original.format, original.encoding, revision_id),
        )
        kept = self._rows("SELECT data FROM source_files WHERE sha256 = ?", (original.sha256,))[0][0]
        if kept is not None and bytes(kept) != original.data:
            raise StoreError(N_("The file was not kept as it is; nothing was saved. Run `reviewer check`."))

    def _has_file(self, revision_id: int, original: Original) -> bool:
        """Whether a text names its file already, and the bytes are there if they can be."""
        found = self._rows(
            "SELECT v.file_sha256, typeof(f.data) = 'blob' FROM revisions v"
            " JOIN source_files f ON f.sha256 = v.file_sha256 WHERE v.id = ?",
            (revision_id,),
        )
        if not found:
            return False
        sha256, kept = found[0]
        return sha256 != original.sha256 or bool(kept) or not original.keep

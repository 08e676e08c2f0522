"""Continuous replication: everything is killed at once, and the replica is a record again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotations.store import Store
from tests.storms.crowd import begin, read_log
from tests.waiting import until

LITESTREAM = shutil.which("litestream", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
ROOT = Path(__file__).parent.parent.parent
CONFIG = """
dbs:
  - path: {database}
    monitor-interval: 100ms
    replica:
      type: file
      path: {folder}/replica
      sync-interval: 200ms
"""
WRITER = """
import sys, time
from pathlib import Path
from tests.storms.crowd import session
from tests.waiting import let_pass
with session(Path(sys.argv[1]), "minh", Path(sys.argv[2]), 1) as at:
    while True:
        at.annotate()
        at.log.write(at=time.time())
        let_pass(0.02)
"""
ACTS = 150
"""Acts after which everything is killed, some seconds of work."""
BEHIND = 2.0
"""Seconds of acts that may be missing: one, and one more where the machine is busy with other tests."""


@pytest.mark.skipif(LITESTREAM is None, reason="litestream is not installed")
def test_a_replica_is_a_second_behind_at_most_and_sound(tmp_path: Path) -> None:
    assert LITESTREAM is not None
    database, restored = tmp_path / "reviewer.db", tmp_path / "restored.db"
    begin(database, ["minh"])
    config = tmp_path / "litestream.yml"
    config.write_text(CONFIG.format(database=database, folder=tmp_path))
    with (tmp_path / "litestream.log").open("wb") as log:
        replica = subprocess.Popen([LITESTREAM, "replicate", "-config", str(config)], stdout=log, stderr=log)
    log_of_acts = tmp_path / "acts.log"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(database), str(log_of_acts)], cwd=ROOT)
    until(
        lambda: log_of_acts.exists() and len(read_log(log_of_acts)) > 2 * ACTS,
        what="the writer does not write",
    )
    killed = time.time()
    for process in (writer, replica):
        process.send_signal(signal.SIGKILL)
    for process in (writer, replica):
        process.wait()
    subprocess.run(
        [LITESTREAM, "restore", "-config", str(config), "-o", str(restored), str(database)],
        check=True,
        capture_output=True,
    )
    with Store.open(restored, "lead") as store:
        assert store.check() == []
        last = store.last_change_id()
    lines = read_log(log_of_acts)
    times = {line["change"]: after["at"] for line, after in zip(lines[::2], lines[1::2], strict=False)}
    missing = [at for change, at in times.items() if change > last]
    assert len(times) > ACTS // 2
    assert not missing or killed - min(missing) < BEHIND, f"{killed - min(missing):.2f} s behind"
    print(
        f"{len(times)} acts, {len(missing)} missing, {killed - min(missing) if missing else 0:.2f} s behind"
    )

"""Copies of a cluster that are noted when they are begun; on one worker they hang."""

from __future__ import annotations

import os
import time
from pathlib import Path

from builder.batch import remote
from builder.batch.bundle import Bundle
from builder.batch.copied import Copied
from builder.batch.remote import NOTHING, Sent

NOTES = "BRIEFING_TEST_NOTES"


def copy_there(sent: Sent, bundle: Bundle = NOTHING) -> Copied:
    """Make a copy of a bundle, noted in the folder that NOTES names; one process hangs in it."""
    folder, ours = Path(os.environ[NOTES]), str(os.getpid())
    (folder / f"begun-{sent.job.copy.name}-{ours}").touch()
    if (folder / "hangs").read_text() == ours:
        time.sleep(600)  # until it is killed
    return remote.copy_there(sent, bundle)

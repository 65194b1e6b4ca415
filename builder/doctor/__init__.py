"""What `briefing doctor` looks at: the machine, the theme and its fonts."""

from __future__ import annotations

from builder.doctor.examine import examine
from builder.doctor.remark import Chapter, Remark, State

__all__ = ["Chapter", "Remark", "State", "examine"]

"""What may be held: cells -> bounds -> verdicts."""

from servanda.limits.assess import assess
from servanda.limits.changes import change_days, changes

__all__ = ["assess", "change_days", "changes"]

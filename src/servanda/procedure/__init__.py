"""What next: triggers -> deadlines -> calendars."""

from servanda.procedure.coming import Coming, coming
from servanda.procedure.deadlines import Due, deadlines, find

__all__ = ["Coming", "Due", "coming", "deadlines", "find"]

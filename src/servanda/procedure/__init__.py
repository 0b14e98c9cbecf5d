"""What next: triggers -> deadlines -> calendars."""

from servanda.procedure.deadlines import Due, deadlines, find

__all__ = ["Due", "deadlines", "find"]

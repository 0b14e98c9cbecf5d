"""One page: the answer first, then bound, today, owed, kept, disputed, next, not known."""

from servanda.questions.brief.compose import OWED, brief
from servanda.questions.brief.kept import is_main
from servanda.questions.brief.page import Brief, Ceilings, FollowUp, Row

__all__ = ["OWED", "Brief", "Ceilings", "FollowUp", "Row", "brief", "is_main"]

"""The report on an instrument: one content, built from answers alone, and three thin writers (PDF, Markdown, HTML)."""

from __future__ import annotations

from servanda.report.blocks import Report
from servanda.report.content import build
from servanda.report.write import FORMATS, written

__all__ = ["FORMATS", "Report", "build", "written"]

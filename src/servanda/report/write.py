"""Three writers of one content: PDF by Typst, Markdown, and an HTML page that needs no network."""

from __future__ import annotations

from pathlib import Path

from servanda.model.errors import InputError
from servanda.report.blocks import Report

FORMATS = (".pdf", ".md", ".html")


def format_of(path: Path) -> str:
    """The format by a file's ending; InputError for another."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise InputError(
            f"{ending or 'no ending'} is not a format for reports",
            where=str(path),
            remedy=f"formats: {', '.join(FORMATS)}",
        )
    return ending


def written(report: Report, form: str) -> bytes:
    """The report as the bytes of a file; the same report gives the same bytes. `form` is one of `FORMATS`."""
    if form == ".md":
        from servanda.report.as_markdown import page

        return page(report).encode()
    if form == ".html":
        from servanda.report.as_html import page as web_page

        return web_page(report).encode()
    from servanda.report.as_pdf import pdf

    return pdf(report)

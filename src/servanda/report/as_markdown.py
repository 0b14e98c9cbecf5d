"""The report as Markdown: the same sections and tables; pictures told in words."""

from __future__ import annotations

from servanda.render.markdown import escape, table
from servanda.report.blocks import Block, Line, Lines, Pictures, Points, Report, Sides, TableBlock


def page(report: Report) -> str:
    """The whole report as one Markdown document."""
    parts = [f"# {escape(report.title)}", f"Report as of {escape(report.day)}"]
    if escape(report.warning):
        parts.append(f"> {_bold(report.warning)}")
    parts.append("\n".join(f"- {escape(name)}: {escape(value)}" for name, value in report.facts))
    for n, section in enumerate(report.sections, 1):
        parts.append(f"## {n}. {escape(section.title)}")
        for block in section.blocks:
            parts += _block(block)
    if report.sources:
        parts.append(f"## {len(report.sections) + 1}. Sources")
        parts.append("\n".join(f"{n}. {escape(s)}" for n, s in enumerate(report.sources, 1)))
    return "\n\n".join(p for p in parts if p) + "\n"


def _block(block: Block) -> list[str]:
    if isinstance(block, Lines):
        rows = [_bold(name) + "\n\n" + "\n".join(map(_point, lines)) for name, lines in block.rows]
        return ["\n\n".join(rows)]
    if isinstance(block, Points):
        title = [f"### {escape(block.title)}"] if block.title else []
        return [*title, "\n".join(map(_point, block.lines))]
    if isinstance(block, TableBlock):
        return [table(block.grid), *map(escape, block.notes)]
    if isinstance(block, Pictures):
        told = [f"- {escape(p.title)}: {escape(p.words)}" for p in block.pictures]
        return ["\n".join(told), "(Pictures are in the PDF and in the HTML page.)"]
    return _sides(block)


def _sides(block: Sides) -> list[str]:
    parts = [f"### {escape(block.subject)}"]
    for head, lines in (block.left, block.right):
        parts += [_bold(head), "\n".join(map(_point, lines))]
    return [*parts, escape(block.others)]


def _point(line: Line) -> str:
    text = escape(line.text)
    cites = escape("; ".join(line.cites))
    if cites:
        text += f" _{cites}_"
    if line.refs:
        text += f" \\[{', '.join(map(str, line.refs))}\\]"
    return "\n".join([f"- {text}", *(f"  - {escape(n)}" for n in line.notes)])


def _bold(text: str) -> str:
    made = escape(text)
    return f"**{made}**" if made else ""

"""The report of an inspection as a form to print: what its clause asks for, counted against declared, signatures."""

from __future__ import annotations

from servanda.corpus import Corpus
from servanda.questions.inspect_course import count_words
from servanda.questions.inspect_regime import regime_of
from servanda.render.tables import Cell, Column, Grid
from servanda.report.blocks import Line, Lines, Points, Report, Section, TableBlock
from servanda.verification.course_log import CourseLog

LINE = "_" * 40


def build_inspection(corpus: Corpus, log: CourseLog) -> Report:
    """The form of one inspection: particulars, what was counted, ambiguities, the course, room for two signatures."""
    regime, _ = regime_of(corpus, log.instrument)
    course, kind = log.course, log.course.kind
    short = corpus.dossier(log.instrument).instrument.short
    by, of = corpus.actors.name(course.inspecting), corpus.actors.name(course.inspected)
    rows = [("Kind", (Line(f"{kind.name} of {of} by {by}", (kind.cite,)),))]
    for line in kind.report:
        if line.field is not None:
            text = log.fields.get(line.field, "not stated")
        else:
            at = next((e.at for e in reversed(course.log) if e.step in line.steps), None)
            text = "not yet" if at is None else f"{at:%Y-%m-%d %H:%M}"
        rows.append((line.heading, (Line(text, (line.cite,)),)))
    sections = [Section("Particulars", (Lines(tuple(rows)),)), _counted(log, regime.discrepancy_percent)]
    opened = [
        Line(f"{count_words(c)}: {opens[0]}", (opens[1],)) for c in log.counts if (opens := c.opens(regime)) is not None
    ]
    if opened:
        sections.append(Section("Rights that differences open", (Points(tuple(opened)),)))
    open_ = [e for e in course.log if e.remark]
    if open_:
        said = tuple(Line(f"{e.at:%Y-%m-%d %H:%M}, {e.step.replace('_', ' ')}: {e.remark}") for e in open_)
        sections.append(Section("Remarks and ambiguities", (Points(said),)))
    sections.append(_course(corpus, log))
    sections.append(
        Section(
            "Signatures",
            (
                Lines(
                    (
                        (f"Team leader ({by})", (Line(LINE),)),
                        (f"Escort leader ({of})", (Line(LINE),)),
                        ("Comments of the escort", (Line(log.fields.get("comments", LINE)),)),
                    )
                ),
            ),
        )
    )
    last = f"{course.log[-1].at:%Y-%m-%d}" if course.log else ""
    return Report(
        title=f"Report of a {kind.name}",
        day=last,
        facts=(
            ("Instrument", f"{short}, {kind.report_cite or kind.cite}"),
            ("Outcome", course.outcome.value.replace("_", " ")),
            ("Copy of", corpus.actors.name(log.party)),
            ("Digest", log.digest[:32]),
        ),
        sections=tuple(sections),
        warning="This inspection is made up." if log.synthetic else "",
        foot=f"{short}; digest of both copies {log.digest}",
        short=short,
    )


def _counted(log: CourseLog, percent: int | None) -> Section:
    if not log.counts:
        return Section("Counted against declared", (Points((Line("Nothing was counted."),)),))
    rows = tuple(
        (
            Cell(count_words(c)),
            Cell(c.object or log.fields.get("object", "")),
            Cell(f"{c.declared:,}"),
            Cell(f"{c.counted:,}"),
            Cell(f"{c.difference:+,}" if c.difference else "none", tone="contested" if c.difference else ""),
        )
        for c in log.counts
    )
    columns = (
        Column("Category and type"),
        Column("Object"),
        Column("Declared", number=True),
        Column("Counted", number=True),
        Column("Difference", number=True),
    )
    cite = log.course.kind.report_counts_cite
    wrong = sum(1 for c in log.counts if c.difference)
    notes = (f"{wrong} of {len(log.counts)} lines differ." + (f" {cite}" if cite else ""),)
    return Section("Counted against declared", (TableBlock(grid=Grid(columns=columns, rows=rows), notes=notes),))


def _course(corpus: Corpus, log: CourseLog) -> Section:
    cite_of = {s.id: s.cite for s in log.course.kind.course}
    rows = tuple(
        (
            Cell(f"{e.at:%Y-%m-%d %H:%M}"),
            Cell(e.step.replace("_", " ")),
            Cell(corpus.actors.name(e.actor)),
            Cell(cite_of[e.step]),
            Cell("" if e.late is None else f"late by {e.late}"),
        )
        for e in log.course.log
    )
    columns = (Column("Time", whole=True), Column("Step"), Column("By"), Column("Clause"), Column("Remark"))
    return Section("Course", (TableBlock(grid=Grid(columns=columns, rows=rows)),))

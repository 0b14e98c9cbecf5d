"""What of an instrument's record was known on a day (DESIGN 6: three clocks).

Acts count from the day they became known, records from their `reported` day; where a record gives none, the end
of its sources' year of publication stands in, assumed.
"""

from __future__ import annotations

import dataclasses
from datetime import date

from servanda.model.instrument import Dossier
from servanda.model.records import Level, Record


def known_by(record: Record, dossier: Dossier, on: date) -> tuple[bool, bool]:
    """Whether a record was known on a day, and whether that is assumed.

    `reported` where it is given; else the last day on which its sources can have been published, but not before the
    end of the year counted, assumed; else its own day.
    """
    if record.reported is not None:
        return record.reported <= on, False
    sources = [s for s in map(dossier.source, record.source) if s is not None]
    printed = [s.published.latest for s in sources if s.published is not None and s.published.latest is not None]
    if printed:
        # a source cannot print a figure of a later day: what it is dated by then is taken as the figure's own year
        return max(*printed, date(record.as_of.year, 12, 31)) <= on, True
    return record.as_of <= on, True


def _level_known(level: Level, dossier: Dossier, on: date) -> bool:
    """A level is known from its `reported` day, else from the earliest day by which one of its sources was out."""
    if level.reported is not None:
        return level.reported <= on
    sources = [s for s in map(dossier.source, level.source) if s is not None]
    printed = [s.published.latest for s in sources if s.published is not None and s.published.latest is not None]
    return not printed or min(printed) <= on


def dossier_as_known(dossier: Dossier, on: date) -> Dossier:
    """The dossier without what was reported after the day. An act that may have been known stays (decision 0020)."""
    return dataclasses.replace(
        dossier,
        acts=tuple(a for a in dossier.acts if a.known.possibly_by(on)),
        records=tuple(r for r in dossier.records if known_by(r, dossier, on)[0]),
        levels=tuple(x for x in dossier.levels if _level_known(x, dossier, on)),
        assessments=tuple(a for a in dossier.assessments if a.reported is None or a.reported.possibly_by(on)),
        reductions=tuple(r for r in dossier.reductions if r.as_of is None or r.as_of.possibly_by(on)),
    )

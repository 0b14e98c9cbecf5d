"""Deadlines as an iCalendar file (RFC 5545) for any calendar client."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, time

from servanda.model.instrument import Dossier
from servanda.model.procedures import Procedure
from servanda.procedure.deadlines import Due


def ics(dossier: Dossier, procedure: Procedure, dues: Iterable[Due]) -> bytes:
    """The dated steps as all-day events on their last possible day; steps without a day are left out.

    A calendar has no word for "no later than": the event stands on the latest day, and its summary says so.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Servanda//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{dossier.instrument.short}: {procedure.title}")
    for due in dues:
        day = due.latest or due.earliest
        if day is None:
            continue
        kind = "" if due.earliest == due.latest else ("no later than: " if due.latest else "from: ")
        event = Event()
        name = f"{dossier.instrument.id}/{procedure.id}/{due.step.id}/{due.occurrence}/{day}"
        event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@servanda")
        # the stamp is a function of the content, so that the same question gives the same file
        event.add("dtstamp", datetime.combine(day, time(0), tzinfo=UTC))
        event.add("dtstart", day)
        event.add("summary", f"{kind}{due.step.actor}: {due.step.action}")
        lines = [f"{dossier.instrument.title}, {due.step.cite}"]
        if due.earliest and due.latest and due.earliest != due.latest:
            lines.append(f"between {due.earliest} and {due.latest}")
        if due.step.condition:
            lines.append(f"if {due.step.condition}")
        if due.step.note:
            lines.append(due.step.note)
        event.add("description", "\n".join(lines))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())

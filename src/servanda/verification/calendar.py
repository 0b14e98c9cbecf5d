"""An inspection as an iCalendar file (RFC 5545): the steps taken, and the deadlines of those that may come next."""

from __future__ import annotations

import hashlib
from datetime import UTC, timedelta

from servanda.model.errors import InputError
from servanda.verification.course import Course

MOMENT = timedelta(minutes=15)  # how long a step shows in a calendar


def ics(course: Course, title: str) -> bytes:
    """Steps taken as short events at their hour, deadlines as short events that end with it, the end of the stay last.

    Times stand as they were given, without a zone: they are the local time of the inspection. The same course gives
    the same bytes. InputError where the package icalendar is missing.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise InputError("a calendar needs the package icalendar", remedy="install servanda[calendar]") from None
    calendar = Calendar()
    calendar.add("prodid", "-//Servanda//inspection//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    rows = [(e.at, e.at + MOMENT, f"{e.actor}: {e.step.replace('_', ' ')}", e.step, e.remark or "") for e in course.log]
    for due in course.due():
        at = due.latest or due.earliest
        if at is None:
            continue
        word = "no later than" if due.latest else "not before"
        about = f"{due.gist} ({due.cite})" + (f"\nIf missed: {due.consequence}." if due.consequence else "")
        begins = at - MOMENT if due.latest else at
        rows.append((begins, begins + MOMENT, f"{due.actor}: {word}: {due.step.replace('_', ' ')}", due.step, about))
    end = course.stay_until()
    if end is not None and not course.ended and course.stay is not None:
        rows.append((end - MOMENT, end, "end of the stay", "stay", f"({course.stay.cite})"))
    for begins, ends, summary, step, about in rows:
        event = Event()
        name = f"{title}/{course.inspecting}/{course.inspected}/{step}/{begins.isoformat()}"
        event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@servanda")
        event.add("dtstamp", begins.replace(tzinfo=UTC))  # a function of the content, in UTC as RFC 5545 asks
        event.add("dtstart", begins)
        event.add("dtend", ends)
        event.add("summary", summary)
        if about:
            event.add("description", about)
        calendar.add_component(event)
    return bytes(calendar.to_ical())

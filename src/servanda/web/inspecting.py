"""The view of inspection: quotas and what they leave, may one inspect, a season planned, an inspection walked, the sweep."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markupsafe import Markup

from servanda.model.errors import DataError, InputError, ServandaError
from servanda.model.numbers import whole_number
from servanda.questions.words import day
from servanda.verification.course_log import CourseLog
from servanda.verification.files import past_of
from servanda.verification.quotas import Objects
from servanda.verification.request import Past
from servanda.web.asking import Asking

MOST_OBJECTS = 3_000  # of a list: a larger plan takes the console's time
MOST_LIST = 400_000  # characters
MADE_UP = """site,owner,territory,points,items,latitude,longitude
Made-up site A,POL,POL,Warszawa,120,52.2,21.0
Made-up site B,POL,POL,Warszawa,60,53.1,23.1
Made-up site C,POL,POL,Poznań,45,52.4,16.9
Made-up site D,DEU,DEU,Berlin,150,52.5,13.4
Made-up site E,DEU,DEU,Köln,80,50.9,7.0
Made-up site F,UKR,UKR,Kyiv,200,50.4,30.5
Made-up site G,UKR,UKR,Kyiv,90,49.8,24.0
"""


def instruments(asking: Asking) -> list[tuple[str, str]]:
    """Instruments with an inspection regime."""
    own = [asking.corpus.dossier(i) for i in asking.corpus.ids()]
    return [(d.instrument.id, d.instrument.short) for d in own if d.inspections]


def _start(asking: Asking, query: dict[str, str]) -> tuple[str, dict[str, Any]]:
    having = instruments(asking)
    if not having:
        raise InputError("no instrument of this record has an inspection regime", remedy="add inspections.yaml")
    chosen = query.get("instrument", having[0][0])
    regimes = asking.treaty(chosen).dossier.inspections
    kinds = [(k.id, k.name) for r in regimes for k in r.kinds]
    return chosen, {
        "instrument": chosen,
        "instruments": having,
        "states": _states(asking, chosen),
        "kinds": kinds,
        "answer": None,
        "error": None,
    }


def _states(asking: Asking, instrument: str) -> list[tuple[str, str]]:
    from servanda.web.treaty import _participants

    return [(c, asking.corpus.actors.name(c)) for c in _participants(asking, instrument)]


def quotas(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """What each party must accept on a day, and what is left of it once somebody says which inspections there were.

    Numbers of objects are given as `POL=120, USA@DEU=40`, inspections as `inspections_in` reads them.
    """
    from servanda.questions.inspect_left import inspect_left
    from servanda.questions.inspect_quotas import inspect_quotas

    chosen, shown = _start(asking, query)
    shown |= {
        "on": query.get("on", date.today().isoformat()),
        "objects": query.get("objects", ""),
        "past": query.get("past", ""),
        "names": asking.corpus.actors.name,
        "rows": (),
    }
    try:
        numbers, held = numbers_of(asking, shown["objects"]), inspections_in(shown["past"])
        how: dict[str, Any] = {"on": day(shown["on"]), "objects": numbers}
        key = ("quotas", chosen, shown["on"], shown["objects"], shown["past"])
        if held is None:
            whole = asking.kept.get(key, lambda: inspect_quotas(asking.corpus, chosen, **how))
            shown |= {"answer": whole, "rows": [(row, {}) for row in whole.value]}
        else:
            left = asking.kept.get(key, lambda: inspect_left(asking.corpus, chosen, past=held, **how))
            shown |= {"answer": left, "rows": [(row, {s.quota: s for s in each}) for row, each in left.value]}
    except DataError as error:
        shown["error"] = "; ".join(str(f) for f in error.faults[:10])
    except ServandaError as error:
        shown["error"] = str(error)
    return shown


def inspections_in(text: str) -> tuple[Past, ...] | None:
    """The inspections so far: a line each with who inspected, whom, the kind, the day and how many; `none` for none at all.

    None where nothing is said: then what is left is not known. DataError with every line that cannot be used.
    """
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return None
    if lines == ["none"]:
        return ()
    rows = []
    for number, line in enumerate(lines, 1):
        parts = [p.strip() for p in line.split(",")]
        if not 4 <= len(parts) <= 5:
            raise InputError(
                f"inspections so far, line {number}: {line[:80]!r} is not an inspection",
                remedy="write DEU, RUS, declared_site, 1999-05-04, or the same with a number for several alike",
            )
        by, of, kind, began, *times = parts
        row = {"by": by, "owner": of, "territory": of, "site": "not named", "kind": kind, "began": began}
        rows.append({k: v for k, v in (row | {"times": times[0] if times else ""}).items() if v})
    return past_of(rows, "inspections so far")


def numbers_of(asking: Asking, text: str) -> tuple[Objects, ...]:
    """Numbers of objects by owner and territory. InputError for text that gives no number."""
    found = []
    for entry in filter(None, (e.strip() for e in text.replace(";", ",").split(","))):
        name, _, number = entry.partition("=")
        owner, _, ground = name.partition("@")
        if not number.strip().isdecimal() or len(number.strip()) > 6:
            raise InputError(
                f"{entry!r} is not a number of objects", remedy="write POL=120, or USA@DEU=40 for stationed objects"
            )
        code = asking.corpus.actors.find(owner).code
        ground_code = asking.corpus.actors.find(ground).code if ground.strip() else code
        found.append(Objects(owner=code, territory=ground_code, count=int(number)))
    return tuple(found)


def _asked(query: dict[str, str], shown: dict[str, Any], *names: str) -> dict[str, str]:
    """What was asked, for the form; before anything is, the inspected state is another than the inspecting one."""
    asked = {name: query.get(name, "") for name in names}
    if not asked["by"] and not asked["of"] and len(shown["states"]) > 1:
        asked["of"] = shown["states"][1][0]
    return asked


def may(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """May one state inspect another on a day, with every clause that decides."""
    from servanda.questions.inspect_request import inspect_may

    chosen, shown = _start(asking, query)
    shown |= {
        "asked": _asked(query, shown, "by", "of", "arrive", "kind", "reading", "objects", "past"),
        "course": None,
    }
    if not {"by", "of", "arrive"} <= query.keys():
        return shown
    kind = query.get("kind", shown["kinds"][0][0])
    try:
        numbers = numbers_of(asking, query.get("objects", ""))
        held = inspections_in(query.get("past", "")) or ()
        key = ("may", chosen, *sorted(query.items()))
        shown["answer"] = asking.kept.get(
            key,
            lambda: inspect_may(
                asking.corpus,
                chosen,
                by=query["by"],
                of=query["of"],
                arrive=query["arrive"],
                kind=kind,
                reading=query.get("reading", "depositary"),
                objects=numbers,
                past=held,
            ),
        )
    except DataError as error:
        shown["error"] = "; ".join(str(f) for f in error.faults[:10])
    except ServandaError as error:
        shown["error"] = str(error)
    return shown


def course(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """An inspection as far as its log goes; a step taken is a link that carries the log so far."""
    from servanda.questions.inspect_course import begun, continued, inspect_course

    chosen, shown = _start(asking, query)
    log = [e for e in query.get("log", "").split("|") if e]
    shown |= {"asked": _asked(query, shown, "by", "of", "kind"), "log": log, "next": (), "now": "", "counts": {}}
    if "step" in query and "when" in query:
        log.append(f"{query['step']}={query['when']}")
    if not {"by", "of"} <= query.keys():
        return shown
    kind = query.get("kind", shown["kinds"][0][0])
    steps = [(name, when, None) for name, _, when in (e.partition("=") for e in log)]
    try:
        first = begun(asking.corpus, chosen, kind=kind, by=query["by"], of=query["of"])
        answer = inspect_course(asking.corpus, continued(first, steps=steps))
    except ServandaError as error:
        return shown | {"error": str(error), "log": log[:-1]}
    return shown | {
        "answer": answer,
        "log": log,
        "next": list(answer.data.get("next", ())),
        "now": steps[-1][1] if steps else "",
        "kind": kind,
        "counts": _counting(answer.value),
    }


def _counting(log: CourseLog) -> dict[str, str]:
    """The query that counts this inspection against the quota; empty before there is anything to count."""
    from servanda.verification.spent import inspections_of

    held = [p for p in inspections_of(log) if p.counts]
    if not held:
        return {}
    lines = [f"{p.by}, {p.owner}, {p.kind}, {p.began.isoformat(timespec='minutes')}" for p in held]
    return {"on": held[-1].began.date().isoformat(), "past": "\n".join(lines), "instrument": log.instrument}


def plan(asking: Asking, text: str, query: dict[str, str]) -> dict[str, Any]:
    """A season planned on a list of objects. `text` is a table with the columns site, owner, territory and so on."""
    from servanda.questions.inspect_plan import inspect_plan
    from servanda.verification.files import read_objects

    chosen, shown = _start(asking, query)
    shown |= {"on": query.get("on", date.today().isoformat()), "by": query.get("by", ""), "most": query.get("most", ""),
              "list": text or MADE_UP, "made_up": text.split() in ([], MADE_UP.split()), "svg": None, "picture": None}  # fmt: skip
    if not text:
        return shown
    try:
        with TemporaryDirectory(prefix="servanda-") as folder:
            path = Path(folder) / "objects.csv"
            path.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
            targets = read_objects(path)
        if len(targets) > MOST_OBJECTS:
            raise InputError(f"more than {MOST_OBJECTS:,} objects", remedy="use `servanda inspect plan` for long lists")
        most = shown["most"]
        if most and whole_number(most) is None:
            raise InputError(f"{most!r} is no number of inspections", remedy="give a whole number")
        answer = inspect_plan(
            asking.corpus,
            chosen,
            on=day(shown["on"]),
            targets=targets,
            by=shown["by"] or None,
            most=whole_number(most) if most else None,
        )
    except DataError as error:
        return shown | {"error": "\n".join(str(f) for f in error.faults[:20])}
    except ServandaError as error:
        return shown | {"error": str(error)}
    return shown | {
        "answer": answer,
        **_on_map(asking, chosen, shown["on"], answer),
        "rows": answer.data["sites"][:200],
    }


def _on_map(asking: Asking, instrument: str, on: str, answer: Any) -> dict[str, Any]:
    """The planned sites whose place is given, on the map of zones."""
    from servanda.charts import maps
    from servanda.charts.map_svg import drawing

    chance = {s["site"]: s["coverage"] for s in answer.data["sites"]}
    points = {}
    for target in answer.value.targets:
        site = target.site
        at = (getattr(site, "longitude", None), getattr(site, "latitude", None))
        if at[0] is not None and at[1] is not None:
            points[site.id] = (float(at[0]), float(at[1]), f"visited with a chance of {chance[site.id]:.0%}")
    if not points:
        return {}
    picture = maps.zones([asking.ask(instrument, "zones", on=day(on))])
    return {"picture": picture, "svg": Markup(drawing(picture, points=points))}  # noqa: S704 (escaped where it is made)


def sweep(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """How many inspections notice a violation with a wanted chance, over quotas from 5 to 100 per cent."""
    from servanda.questions.inspect_design import inspect_design

    shown: dict[str, Any] = {"asked": {"objects": query.get("objects", "100"), "wrong": query.get("wrong", "1"),
                                       "wanted": query.get("wanted", "0.5")}, "answer": None, "error": None}  # fmt: skip
    asked = shown["asked"]
    try:
        try:
            objects, wrong, wanted = int(asked["objects"]), int(asked["wrong"]), float(asked["wanted"])
        except ValueError:
            raise InputError(
                "objects and violations are whole numbers, the chance a number", remedy="such as 100, 1, 0.5"
            ) from None
        if objects > 1_000_000:
            raise InputError("more than 1,000,000 objects", remedy="give fewer")
        shown["answer"] = asking.kept.get(
            ("sweep", objects, wrong, wanted), lambda: inspect_design(objects=objects, wrong=wrong, wanted=wanted)
        )
    except ServandaError as error:
        shown["error"] = str(error)
    return shown

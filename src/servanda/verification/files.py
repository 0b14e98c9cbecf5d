"""A user's lists of objects of verification and of past inspections, checked row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from servanda.corpus.files import Raw, read_csv
from servanda.model.errors import DataError, Fault
from servanda.model.verification import Outcome
from servanda.verification.quotas import Objects
from servanda.verification.request import Past, Site

T = TypeVar("T")
MOST_ROWS = 1_000_000
PAST = ("by", "site", "owner", "territory", "kind", "began")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An object of verification as planning sees it: its site, how much it declares, how hard it is to find out.

    `items` is declared equipment, the weight of a proportional plan; `detect` the chance that one visit notices what
    is wrong there; `travel` the hours from its point of entry.
    """

    site: Site
    items: int | None = None
    detect: float = 1.0
    travel: float | None = None
    storage: bool = False
    synthetic: bool = False


def read_objects(path: Path) -> tuple[Target, ...]:
    """Rows `site, owner, territory` and, where known, `district, points, latitude, longitude, items, detect,
    travel, storage, synthetic`.

    `points` holds points of entry parted by `|`, `points_at` their latitude and longitude (`52.17 20.97|54.38 18.47`);
    `storage` says yes for a designated storage site, `synthetic` where the object was made up. DataError with every fault
    at its row and column.
    """
    return _rows(path, ("site", "owner", "territory"), _target, unique="site")


def read_past(path: Path) -> tuple[Past, ...]:
    """Rows `by, site, owner, territory, kind, began` and `ended, outcome, district, supplementary, times`.

    `times` stands for so many inspections alike.
    """
    return tuple(p for each in _rows(path, PAST, _past) for p in each)


def targets_of(rows: Iterable[Mapping[str, Any]], name: str = "sites") -> tuple[Target, ...]:
    """Objects from plain rows with the columns of `read_objects`; `points` may be a list."""
    return _checked(_raws(rows, name), name, ("site", "owner", "territory"), _target, "site")


def past_of(rows: Iterable[Mapping[str, Any]], name: str = "past") -> tuple[Past, ...]:
    """Past inspections from plain rows with the columns of `read_past`."""
    return tuple(p for each in _checked(_raws(rows, name), name, PAST, _past) for p in each)


def objects_of(numbers: Mapping[str, int]) -> tuple[Objects, ...]:
    """Numbers of objects by owner: `POL`, or `USA@DEU` for objects stationed on another state's ground.

    >>> [(o.owner, o.territory, o.count) for o in objects_of({"POL": 120, "usa@deu": 40})]
    [('POL', 'POL', 120), ('USA', 'DEU', 40)]
    """
    found = []
    for name, count in numbers.items():
        owner, _, ground = name.upper().partition("@")
        found.append(Objects(owner=owner.strip(), territory=ground.strip() or owner.strip(), count=count))
    return tuple(found)


def _raws(rows: Iterable[Mapping[str, Any]], name: str) -> list[Raw]:
    return [Raw(value=dict(row), file=name, line=line) for line, row in enumerate(rows, 1)]


def counted(targets: tuple[Target, ...]) -> tuple[Objects, ...]:
    """Numbers of objects by owner and territory."""
    found: dict[tuple[str, str], int] = {}
    made_up = set()
    for target in targets:
        key = (target.site.owner, target.site.territory)
        found[key] = found.get(key, 0) + 1
        if target.synthetic:
            made_up.add(key)
    return tuple(
        Objects(owner=o, territory=t, count=n, synthetic=(o, t) in made_up) for (o, t), n in sorted(found.items())
    )


def _rows(
    path: Path, needed: tuple[str, ...], make: Callable[[Raw, list[Fault]], T | None], unique: str | None = None
) -> tuple[T, ...]:
    return _checked(
        read_csv(path, path.name, lists=frozenset({"points", "points_at"})), path.name, needed, make, unique
    )


def _checked(
    raws: list[Raw],
    name: str,
    needed: tuple[str, ...],
    make: Callable[[Raw, list[Fault]], T | None],
    unique: str | None = None,
) -> tuple[T, ...]:
    if not raws:
        raise DataError([Fault(file=name, message="holds no rows", remedy=f"columns: {', '.join(needed)}")])
    if len(raws) > MOST_ROWS:
        raise DataError([Fault(file=name, message=f"has more than {MOST_ROWS:,} rows", remedy="split it")])
    faults: list[Fault] = []
    found: list[T] = []
    lines: dict[str, int] = {}
    for raw in raws:
        missing = [c for c in needed if c not in raw.value]
        if missing:
            faults.append(_fault(raw, f"{', '.join(missing)} is empty", "fill it in", missing[0]))
            continue
        if unique is not None:
            key = str(raw.value[unique])
            if key in lines:
                faults.append(_fault(raw, f"{unique} {key!r} is duplicated (line {lines[key]})", "rename one", unique))
                continue
            lines[key] = raw.line
        value = make(raw, faults)
        if value is not None:
            found.append(value)
    if faults:
        raise DataError(faults)
    return tuple(found)


def _target(raw: Raw, faults: list[Fault]) -> Target | None:
    before = len(faults)
    v = raw.value
    latitude = _number(raw, "latitude", -90, 90, faults)
    longitude = _number(raw, "longitude", -180, 180, faults)
    detect = _number(raw, "detect", 0, 1, faults)
    items = _number(raw, "items", 0, 1e9, faults)
    travel = _number(raw, "travel", 0, 240, faults)
    places = tuple(_place(raw, str(text), faults) for text in v.get("points_at", ()))
    if len(faults) > before:
        return None
    return Target(
        site=Site(
            id=str(v["site"]),
            owner=str(v["owner"]).upper(),
            territory=str(v["territory"]).upper(),
            district=v.get("district"),
            points=tuple(v.get("points", ())),
            latitude=latitude,
            longitude=longitude,
            points_at=places,
        ),
        items=None if items is None else int(items),
        detect=1.0 if detect is None else detect,
        travel=travel,
        storage=_yes(v.get("storage")),
        synthetic=_yes(v.get("synthetic")),
    )


def _place(raw: Raw, text: str, faults: list[Fault]) -> tuple[float, float] | None:
    """Latitude and longitude; a dash for one that is not known."""
    if text.strip() in ("", "-"):
        return None
    try:
        latitude, longitude = (float(part) for part in text.split())
    except ValueError:
        faults.append(_fault(raw, f"{text!r} is not a place", "write latitude and longitude: 52.17 20.97", "points_at"))
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        faults.append(_fault(raw, f"{text!r} is out of range", "give -90 to 90 and -180 to 180", "points_at"))
        return None
    return latitude, longitude


def _yes(word: Any) -> bool:
    return str(word or "").lower() in ("yes", "true", "1", "synthetic")


def _past(raw: Raw, faults: list[Fault]) -> tuple[Past, ...] | None:
    before = len(faults)
    v = raw.value
    began, ended = _time(raw, "began", faults), _time(raw, "ended", faults)
    outcome = Outcome.DONE
    if "outcome" in v:
        try:
            outcome = Outcome(v["outcome"])
        except ValueError:
            words = ", ".join(o.value for o in Outcome)
            faults.append(_fault(raw, f"outcome {v['outcome']!r} is not known", f"words: {words}", "outcome"))
    if ended is not None and began is not None and ended < began:
        faults.append(_fault(raw, "ended before it began", "check both times", "ended"))
    times = _number(raw, "times", 1, MOST_ROWS, faults)
    if len(faults) > before or began is None:
        return None
    one = Past(
        by=str(v["by"]).upper(),
        site=str(v["site"]),
        owner=str(v["owner"]).upper(),
        territory=str(v["territory"]).upper(),
        kind=str(v["kind"]),
        began=began,
        ended=ended,
        outcome=outcome,
        district=v.get("district"),
        supplementary=_yes(v.get("supplementary")),
    )
    return (one,) * int(times or 1)


def _number(raw: Raw, column: str, low: float, high: float, faults: list[Fault]) -> float | None:
    text: Any = raw.value.get(column)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        faults.append(_fault(raw, f"{text!r} is not a number", "write digits with a decimal point", column))
        return None
    if not low <= value <= high:
        faults.append(_fault(raw, f"{text} is out of range", f"give {low:g} to {high:g}", column))
        return None
    return value


def _time(raw: Raw, column: str, faults: list[Fault]) -> datetime | None:
    text = raw.value.get(column)
    if text is None:
        return None
    try:
        return clock(str(text))
    except ValueError:
        faults.append(_fault(raw, f"{text!r} is not a time", "write YYYY-MM-DD or YYYY-MM-DDTHH:MM", column))
        return None


def clock(text: str) -> datetime:
    """A time of day; a bare day is its noon. ValueError otherwise."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError("a time zone")
    return found.replace(hour=12) if len(text) == 10 else found


def _fault(raw: Raw, message: str, remedy: str, column: str) -> Fault:
    return Fault(file=raw.file, line=raw.line, column=column, message=message, remedy=remedy)

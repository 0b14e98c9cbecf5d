"""Rules of participation tables: the user's file, ready rules for well-known treaties, and what a table does not say."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from servanda.corpus.actors import fold
from servanda.corpus.files import Raw, read_yaml
from servanda.corpus.schema import adapter, build, json_schema
from servanda.model.base import STRICT
from servanda.model.errors import DataError, Fault, UnknownName
from servanda.model.instrument import Instrument
from servanda.model.vocabulary import ActKind, DigitOrder

IGNORE = "ignore"
RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """What the rule file says under `table`, for tables that do not say it themselves.

    `participant` names the column of names; `columns` what a column holds: an act's word, or `ignore` (once given,
    the other columns are left alone); `letters` and `names` explain letters and spellings; `absent` lists what stands
    for nothing; `dates` is the order of digits, dmy, mdy or ymd; `where` keeps the rows of one treaty.
    """

    __pydantic_config__ = STRICT

    participant: str | None = None
    """Column of the participants' names."""
    columns: dict[str, ActKind | Literal["ignore"]] = field(default_factory=dict)
    """What each column holds: an act, or `ignore`; where given, columns not named are left alone."""
    letters: dict[str, ActKind] = field(default_factory=dict)
    """The act each letter beside a day stands for."""
    names: dict[str, str] = field(default_factory=dict)
    """Names as printed and the codes or names they stand for."""
    absent: tuple[str, ...] = ()
    """Cells that mean that nothing was done."""
    dates: DigitOrder | None = None
    """In which order the digits of days are printed."""
    where: dict[str, str] = field(default_factory=dict)
    """Keeps the rows that have these values in these columns."""
    encoding: str | None = None
    """Encoding of a text that is neither UTF-8 nor UTF-16, such as latin-1."""
    alpha_2: bool = False
    """True where participants stand by the two letters of ISO 3166."""
    sheet: str | None = None
    """The sheet of a workbook that holds the table; by default the first with a column of participants."""
    provisional: tuple[str, ...] = ()
    """Provisions that the treaty's clause on provisional application is limited to; empty: the whole treaty."""


def ready_rules() -> tuple[str, ...]:
    """Ids of the rules that come with the package, for the best-known treaties of depositaries."""
    return tuple(sorted(p.stem for p in RULES.glob("*.yaml")))


def rule_file(name: Path | str) -> Path:
    """The file of a rule: a path of the user's, or the id of a ready rule. UnknownName with near matches."""
    path = Path(name)
    if path.suffix or path.exists():
        return path
    known = ready_rules()
    if str(name) not in known:
        near = tuple(get_close_matches(str(name), known, 3, 0.4))
        raise UnknownName("ready rule", str(name), near, remedy=None if near else f"rules: {', '.join(known)}")
    return RULES / f"{name}.yaml"


def read_rule(path: Path) -> Instrument:
    """The rule of a file as the instrument it describes."""
    return read_rules(path)[0]


def alike(instrument: Instrument, path: Path) -> str | None:
    """What to say where a ready rule for a treaty of that title sets another time of entry than the rules given."""
    if path.parent == RULES or instrument.entry is None:
        return None
    wanted = fold(instrument.title)
    for name in ready_rules():
        ready = read_rule(RULES / f"{name}.yaml")
        if wanted not in {fold(t) for t in (ready.title, *ready.aliases)} or ready.entry is None:
            continue
        mine, theirs = instrument.entry, ready.entry
        if (mine.period, mine.later_period) != (theirs.period, theirs.later_period):
            later = f", {theirs.later_period} for those who come later" if theirs.later_period else ""
            return (
                f"the ready rule {name} for this treaty counts {theirs.period}{later} ({theirs.cite}, recalled), "
                f"the rules given {mine.period}: days of entry may differ"
            )
    return None


def read_rules(path: Path) -> tuple[Instrument, TableRule]:
    """The instrument a rule file describes, and what it says of the table. DataError where it cannot be used."""
    raws = read_yaml(path, path.name)
    if len(raws) != 1:
        raise DataError([Fault(file=path.name, message="is not one mapping", remedy="write it as a treaty.yaml")])
    faults: list[Fault] = []
    value = dict(raws[0].value)
    section = value.pop("table", None) or {}
    if not isinstance(section, dict):
        section = {}
        faults.append(_wrong(path, raws[0], "is not a mapping", "write fields as `name: value`"))
    lines = {k[1:]: v for k, v in raws[0].lines.items() if k[0] == "table" and len(k) > 1}
    rule = build(TableRule, Raw(section, path.name, raws[0].line_of(("table",)), lines), faults)
    defaults = {
        "id": path.stem,
        "short": value.get("title"),
        "kind": "treaty",
        "cite": path.stem,
        "gist": "From a table.",
    }
    instrument = build(Instrument, Raw({**defaults, **value}, path.name, raws[0].line, raws[0].lines), faults)
    if instrument is None or rule is None or faults:
        raise DataError(faults)
    if instrument.entry is not None and instrument.entry.rule == "date" and instrument.entry.by != "sign":
        # in a table who has consented is printed: a signature alone binds nobody
        instrument = dataclasses.replace(instrument, entry=dataclasses.replace(instrument.entry, per_party=True))
    return instrument, rule


def rules_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file: a `treaty.yaml` of which nothing is required, and the section `table`."""
    whole = json_schema("treaty")
    section = adapter(TableRule).json_schema()
    definitions = {**whole.pop("$defs"), **section.pop("$defs", {}), "TableRule": section}
    table = {"$ref": "#/$defs/TableRule", "description": "What the table itself does not say."}
    properties = {**whole["properties"], "table": table}
    return {
        **whole,
        "title": "rules of a participation table",
        "properties": properties,
        "required": [],
        "$defs": definitions,
    }


def _wrong(path: Path, raw: Raw, message: str, remedy: str) -> Fault:
    return Fault(file=path.name, line=raw.line_of(("table",)), column="table", message=message, remedy=remedy)

"""Answers chosen to be shown: a list of questions in a file, each made a page of the site, with its reasons and pictures.

An entry of the list has `title`, one question with its arguments (`standing`, `obligations`, `explain`, `reach`, `read` or
`instruments`), and, where somebody says something that the answer bears out, `says`: those words. The answer is computed when
the page is made; nothing of it stands in the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from servanda.corpus.files import read_yaml
from servanda.model.answer import Answer
from servanda.model.errors import DataError, Fault, InputError
from servanda.web import reading
from servanda.web.asking import Asking
from servanda.web.pages import slug

View = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer to be shown; `folder` is where the list stands, from which the files it names are found."""

    title: str
    says: tuple[str, ...]
    question: str
    arguments: dict[str, Any]
    folder: Path

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return slug(self.title)


def read_list(path: Path) -> tuple[Shown, ...]:
    """The entries of a list. DataError with every fault of the file."""
    found, faults = [], []
    names: set[str] = set()
    for raw in read_yaml(path, path.name):
        value = raw.value
        asked = [q for q in QUESTIONS if q in value]
        said = value.get("says", [])
        says = tuple([said] if isinstance(said, str) else said)
        wrong = ""
        if len(asked) != 1 or not isinstance(value[asked[0]], dict) or not isinstance(value.get("title"), str):
            wrong = f"needs a title and exactly one of {', '.join(QUESTIONS)} with its arguments"
        elif set(value) - {"title", "says", asked[0]} or not all(isinstance(s, str) for s in says):
            wrong = "has something besides title, says and its question"
        elif slug(value["title"]) in names:
            wrong = f"has the title of another entry: {value['title']}"
        if wrong:
            faults.append(Fault(file=raw.file, line=raw.line, message=wrong, remedy="correct the list"))
            continue
        names.add(slug(value["title"]))
        found.append(
            Shown(
                title=value["title"],
                says=says,
                question=asked[0],
                arguments=dict(value[asked[0]]),
                folder=path.parent,
            )
        )
    if faults:
        raise DataError(faults)
    return tuple(found)


def view(asking: Asking, one: Shown) -> View:
    """What the page of an entry lays out. InputError where its question cannot be asked."""
    try:
        shown = QUESTIONS[one.question](asking, one, dict(one.arguments))
    except (TypeError, KeyError) as error:
        raise InputError(
            f"{one.question} cannot be asked so: {error}", where=one.title, remedy="correct its arguments in the list"
        ) from error
    blank: View = {"svg": None, "picture": None, "matrix_of": None, "rows": (), "documents": (), "pictures": ()}
    return blank | {"heading": one.title, "says": one.says} | shown


def _laid_out(answer: Answer[Any]) -> View:
    return {"lead": str(answer.node.statement), "node": answer.node, "not_known": answer.not_known}


def _standing(asking: Asking, one: Shown, how: dict[str, Any]) -> View:
    return _laid_out(asking.treaty(how.pop("instrument")).standing(**how))


def _explain(asking: Asking, one: Shown, how: dict[str, Any]) -> View:
    return _laid_out(asking.treaty(how.pop("instrument")).explain(how.pop("limit"), **how))


def _obligations(asking: Asking, one: Shown, how: dict[str, Any]) -> View:
    """Who owes whom, on one day or on several; with `toward` each day's map of those who owe that state."""
    from servanda.charts import maps
    from servanda.charts.map_svg import drawing

    treaty, toward = asking.treaty(how.pop("instrument")), how.pop("toward", None)
    days = how.pop("on")
    days = days if isinstance(days, list) else [days]
    answers = [treaty.obligations(on=d, **how) for d in days]
    shown = _laid_out(answers[-1]) | {"matrix_of": answers[-1] if len(days) == 1 else None}
    shown["rows"] = [str(a.node.statement) for a in answers] if len(days) > 1 else ()
    shown["pictures"] = []
    if toward:
        code = asking.corpus.actors.find(toward).code
        for answer in answers:
            if code in answer.value.parties:  # on a day on which it is no party nobody owes it anything
                picture = maps.toward([answer], code, asking.corpus.actors.name(code))
                svg = Markup(drawing(picture, again=bool(shown["pictures"])))  # noqa: S704 (escaped where it is made)
                shown["pictures"].append((picture, svg))
    return shown


def _reach(asking: Asking, one: Shown, how: dict[str, Any]) -> View:
    from servanda.charts.map_svg import drawing
    from servanda.charts.maps import reached
    from servanda.questions.reach import reach

    km = float(how.pop("range_km"))
    answer = reach(asking.corpus, km, how.pop("of"), how.pop("regions", ()), **how)
    picture = reached(answer)
    told = [
        f"{r.name}: {r.inside} ({r.share:.0%}) within {km:g} km; least distance {r.least_km:,.1f} km"
        for r in answer.value
    ]
    return _laid_out(answer) | {"rows": told, "pictures": [(picture, Markup(drawing(picture)))]}  # noqa: S704


def _read(asking: Asking, one: Shown, how: dict[str, Any]) -> View:
    """A text of a file beside the list, its claims marked and held against the record."""
    from servanda.questions.ledger import file_bytes

    path = one.folder / how.pop("file")
    held = reading.view(asking, "", [(path.name, file_bytes(path))], how.pop("dateline", ""))
    if how:
        raise TypeError(f"{', '.join(how)} is nothing that reading takes")
    documents = {k: held[k] for k in ("documents", "meaning", "signs")}
    return {"lead": str(held["answer"].node.statement), "node": None, "not_known": ()} | documents


def _instruments(asking: Asking, one: Shown, how: dict[str, Any]) -> View:
    """How much of every instrument is recorded."""
    if how:
        raise TypeError(f"{', '.join(how)} is nothing that a list of instruments takes")
    held = [asking.corpus.dossier(i) for i in asking.corpus.ids()]
    rows = [
        f"{d.instrument.title} ({d.instrument.kind.value}): {len(d.provisions)} provisions, {len(d.limits)} limits, "
        f"{len(d.acts)} acts, {len(d.records)} records"
        for d in held
    ]
    return {"lead": f"{len(held)} instruments", "node": None, "not_known": (), "rows": rows}


QUESTIONS: dict[str, Callable[[Asking, Shown, dict[str, Any]], View]] = {
    "standing": _standing,
    "explain": _explain,
    "obligations": _obligations,
    "reach": _reach,
    "read": _read,
    "instruments": _instruments,
}

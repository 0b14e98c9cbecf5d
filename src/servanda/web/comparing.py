"""Two views that set things side by side: two instruments on the same matters, and the record beside a scenario."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from servanda.model.errors import InputError, ServandaError, UnknownName
from servanda.model.vocabulary import ActKind, Basis
from servanda.questions.assess import span_words
from servanda.questions.whatif import whatif as ask
from servanda.questions.words import day
from servanda.scenario import Scenario, load_scenario, shipped
from servanda.web.asking import Asking

SECOND = 1  # of the instruments with most to compare, the one shown beside the first
MOST_ROWS = 60
MOST_ACTORS = 60
OWN = "own-act"
# What a scenario made in the form may suppose: acts that bind, suspend or end.
ACTS = (
    ActKind.SIGN, ActKind.DEPOSIT, ActKind.ACCEDE, ActKind.SUSPEND, ActKind.RESUME, ActKind.GIVE_NOTICE, ActKind.WITHDRAW,
)  # fmt: skip


def compare(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """Provisions of two instruments by matter, and on a day who is bound by each."""
    ids = asking.corpus.ids()
    weight = sorted(ids, key=lambda i: -len(asking.corpus.dossier(i).provisions))
    one, two = query.get("one", weight[0]), query.get("two", weight[min(SECOND, len(weight) - 1)])
    shown: dict[str, Any] = {
        "instruments": [(i, asking.corpus.dossier(i).instrument.short) for i in ids],
        "one": one,
        "two": two,
        "on": query.get("on", ""),
        "matter": query.get("matter", ""),
        "matters": [],
        "pairs": [],
        "answer": None,
        "error": None,
    }
    try:
        every = asking.ask(one, "compare", other=two).value
        shown["matters"] = [(m, m.replace("_", " ")) for m in every]
        how = {k: query[k] for k in ("on", "matter") if k in query}
        answer = asking.ask(one, "compare", other=two, **how)
        dossiers = [asking.corpus.dossier(i).instrument for i in (one, two)]
    except ServandaError as error:
        return shown | {"error": str(error)}
    return shown | {
        "answer": answer,
        "own": dossiers,
        "bound": answer.node.because[:2] if "on" in query else (),
        "pairs": [(m, a[:MOST_ROWS], b[:MOST_ROWS], len(a), len(b)) for m, (a, b) in answer.value.items()],
    }


def whatif(asking: Asking, query: dict[str, str], actors: list[str]) -> dict[str, Any]:
    """What differs on a day if a scenario held: one that is shipped, or an act supposed in the form."""
    shown: dict[str, Any] = {
        "shipped": [(i, load_scenario(i)) for i in shipped()],
        "instruments": [(i, asking.corpus.dossier(i).instrument.short) for i in asking.corpus.ids()],
        "states": sorted(((a.code, a.name) for a in asking.corpus.actors if a.kind == "state"), key=lambda p: p[1]),
        "acts": [(a.value, a.value.replace("_", " ")) for a in ACTS],
        "bases": [(b.value, b.value) for b in Basis],
        "asked": {k: query.get(k, "") for k in ("scenario", "on", "instrument", "act", "date", "basis", "title")},
        "actors": actors,
        "names": asking.corpus.actors.name,
        "answer": None,
        "sides": [],
        "error": None,
    }
    try:
        scenario = _scenario(asking, query, actors)
        if scenario is None:
            return shown
        if "on" not in query:
            raise InputError("no day to compare on", remedy="choose the day asked about")
        key = ("whatif", *sorted(query.items()), tuple(actors))
        answer = asking.kept.get(key, lambda: ask(asking.corpus, [scenario], on=day(query["on"])))
    except ServandaError as error:
        return shown | {"error": str(error)}
    return shown | {
        "answer": answer,
        "scenario": scenario,
        "sides": [_sides(asking, d) for d in answer.data["differences"]],
    }


def _scenario(asking: Asking, query: dict[str, str], actors: list[str]) -> Scenario | None:
    """The scenario that the query speaks of; None where it speaks of none yet."""
    name = query.get("scenario")
    if name == OWN:
        return _supposed(asking, query, actors)
    if name is None:
        return None
    if name not in shipped():  # a name, never a path: the loader would open files
        raise UnknownName("scenario", name, shipped()[:3], remedy=f"choose one of {', '.join(shipped())}")
    return load_scenario(name)


def _supposed(asking: Asking, query: dict[str, str], actors: list[str]) -> Scenario:
    """A scenario of one act, written as a file of scenarios is, and so checked as one is."""
    import yaml

    missing = [k for k in ("instrument", "act", "date") if k not in query]
    if missing or not actors:
        raise InputError(
            f"the act lacks its {', '.join([*missing, *([] if actors else ['actors'])])}", remedy="fill the form in"
        )
    if len(actors) > MOST_ACTORS:
        raise InputError(f"more than {MOST_ACTORS} actors", remedy="choose fewer")
    asking.treaty(query["instrument"])
    if query["act"] not in ACTS:
        raise UnknownName("act", query["act"], tuple(a.value for a in ACTS[:3]))
    codes = [asking.corpus.actors.find(a).code for a in actors]
    title = query.get("title") or f"{', '.join(codes)}: {query['act'].replace('_', ' ')}"
    value = {
        "id": OWN,
        "date": day(query["date"], "day of the act").isoformat(),
        "act": query["act"],
        "actors": codes,
        "basis": query.get("basis", Basis.TREATY.value),
        "gist": "Supposed in a scenario.",
        "source": ["own"],
    }
    told = {"id": "own", "title": title[:200], "gist": "An act supposed in the form.",
            "changes": [{"add": "acts", "to": query["instrument"], "value": value}]}  # fmt: skip
    with TemporaryDirectory(prefix="servanda-") as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        return load_scenario(path)


def _sides(asking: Asking, found: dict[str, Any]) -> dict[str, Any]:
    """Rows (what, record, scenario) of one instrument."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for s in found["standings"]:
        groups.setdefault((s["reading"], _words(s["record"]), _words(s["scenario"])), []).append(s["party"])
    rows = [
        (f"{', '.join(map(asking.corpus.actors.name, who))} ({reading})", old, new)
        for (reading, old, new), who in groups.items()
    ]
    rows += [
        (f"{o['kind']}, each by its own reading", "; ".join(o["record"]), "; ".join(o["scenario"]))
        for o in found["obligations"]
    ]
    for v in found["verdicts"]:
        rows.append((f"{v['id']}, {v['scope']}, {v['posture']}", _verdict(v["record"]), _verdict(v["scenario"])))
    own = asking.corpus.dossier(found["instrument"]).instrument
    return {
        "instrument": found["instrument"],
        "short": own.short,
        "rows": rows[:MOST_ROWS],
        "more": len(rows) - MOST_ROWS,
    }


def _words(text: str) -> str:
    return text.replace("_", " ")


def _verdict(v: dict[str, Any] | None) -> str:
    if v is None:
        return "not asked"
    return f"{_words(v['verdict'])} ({span_words(v['low'], v['high'])} of {v['bound']:,})"

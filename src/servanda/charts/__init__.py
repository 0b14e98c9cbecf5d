"""Answers as charts: Altair specifications, which a notebook user can change.

>>> import servanda as sv
>>> answer = sv.load("cfe").timeline(party="RUS")
>>> chart = sv.chart(answer, since="2007-01-01", until="2008-01-01")
>>> type(chart).__module__.split(".")[0]
'altair'
"""

from __future__ import annotations

from typing import Any

from servanda.model.errors import InputError

# kind of answer -> (module, function) that draws it
DRAWS: dict[str, tuple[str, str]] = {
    "assess_period": ("holdings", "holdings"),
    "obligations": ("matrix", "matrix"),
    "timeline": ("timeline", "timeline"),
    "reductions": ("reductions", "reductions"),
    "assess": ("headroom", "headroom"),
}


def chart(answer: Any, **how: Any) -> Any:
    """The chart that belongs to an answer, as an Altair chart.

    `changes` gives holdings over time, `obligations` the matrix, `timeline` the acts, `reductions` the liabilities,
    `assess` the headroom by zone; `how` are the keywords of that chart. InputError for an answer without a chart or a
    keyword it does not take; ImportError where Altair is not installed (`pip install servanda[charts]`).
    """
    from importlib import import_module

    whole = getattr(answer, "answer", answer)
    kind = getattr(whole, "kind", None)
    if kind not in DRAWS:
        what = f"an answer of kind {kind}" if kind else f"{type(answer).__name__}, since it is not an answer"
        raise InputError(f"no chart draws {what}", remedy=f"charts for: {', '.join(DRAWS)}")
    module, name = DRAWS[kind]
    draw = getattr(import_module(f"servanda.charts.{module}"), name)
    from inspect import signature

    known = [p for p in signature(draw).parameters if p != "answer"]
    for word in how:
        if word not in known:
            raise InputError(
                f"the chart of {kind} takes no {word!r}", remedy=f"it takes: {', '.join(known) or 'nothing'}"
            )
    return draw(answer, **how)

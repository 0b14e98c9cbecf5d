"""Servanda: arms-control law as working code.

>>> import servanda as sv
>>> cfe = sv.load("cfe")
>>> answer = cfe.standing("RUS", on="2015-06-01")
>>> answer.data["parties"][0]["standing"], answer.data["parties"][0]["contested"]
('in_force', True)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servanda.model.answer import lay_out_with as _lay_out_with

if TYPE_CHECKING:
    from servanda.charts import chart
    from servanda.corpus import Corpus
    from servanda.model.answer import Answer
    from servanda.model.errors import DataError, DateError, InputError, ServandaError, UnknownName
    from servanda.questions import Treaty, load

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "Corpus",
    "DataError",
    "DateError",
    "InputError",
    "ServandaError",
    "Treaty",
    "UnknownName",
    "__version__",
    "chart",
    "load",
]

_HOME = {
    "Answer": "servanda.model.answer",
    "Corpus": "servanda.corpus",
    "DataError": "servanda.model.errors",
    "DateError": "servanda.model.errors",
    "InputError": "servanda.model.errors",
    "ServandaError": "servanda.model.errors",
    "Treaty": "servanda.questions",
    "UnknownName": "servanda.model.errors",
    "chart": "servanda.charts",
    "load": "servanda.questions",
}


def __getattr__(name: str) -> Any:
    # names are fetched when first used, so that `import servanda` costs nothing
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'servanda' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def _html(answer: Answer[Any]) -> str:
    from servanda.render.html import fragment

    return fragment(answer)


_lay_out_with("html", _html)

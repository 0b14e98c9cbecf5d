"""The named assumptions that estimates may rest on."""

from __future__ import annotations

from servanda.limits.assumptions import ASSUMPTIONS, Assumption
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.figures import AssumptionsDocument
from servanda.questions.beside import assumption_row

PROMISE = "The proved interval alone decides verdict and exit code; an estimate stands beside it."


def assumptions() -> Answer[tuple[Assumption, ...]]:
    """Every named assumption with its definition, its basis and what speaks against it."""
    nodes = tuple(
        Node(
            statement=Statement("{name}: {definition}", {"name": a.name, "definition": a.definition}),
            caveats=(a.caveat,),
            because=(Node(statement=Statement("basis: {basis}", {"basis": a.basis})),),
        )
        for a in ASSUMPTIONS
    )
    return Answer(
        kind="assumptions",
        value=ASSUMPTIONS,
        document=AssumptionsDocument(assumptions=tuple(assumption_row(a) for a in ASSUMPTIONS)),
        node=Node(
            statement=Statement("{n} assumptions, each on its own or several in a row", {"n": len(ASSUMPTIONS)}),
            caveats=(PROMISE,),
            because=nodes,
        ),
    )

"""The documents of the outer contract: one frozen type a question, from which its JSON and its JSON Schema come.

Fields are added, never renamed. Types and words of closed lists are those of the model; a day is an ISO date, a day that may
be uncertain an EDTF date as text. `DOCUMENTS` names the type of each kind of answer.
"""

from __future__ import annotations

from servanda.model.documents import figures, law, places, record
from servanda.model.documents.base import Tree, plain

DOCUMENTS: dict[str, type] = {
    "standing": law.StandingDocument,
    "table_standing": law.TableStandingDocument,
    "obligations": law.ObligationsDocument,
    "timeline": law.TimelineDocument,
    "deadlines": law.DeadlinesDocument,
    "coming": law.ComingDocument,
    "grounds": law.GroundsDocument,
    "links": law.LinksDocument,
    "provisions": law.ProvisionsDocument,
    "compare": law.CompareDocument,
    "classify": law.ClassifyDocument,
    "assess": figures.AssessDocument,
    "assess_period": figures.ChangesDocument,
    "explain": figures.ExplainDocument,
    "brief": figures.BriefDocument,
    "reductions": figures.ReductionsDocument,
    "assumptions": figures.AssumptionsDocument,
    "zones": places.ZonesDocument,
    "where": places.WhereDocument,
    "reach": places.ReachDocument,
    "listing": record.ListingDocument,
    "check": record.CheckDocument,
    "examples": record.ExamplesDocument,
    "gaps": record.GapsDocument,
    "rules": record.RulesDocument,
    "table_differences": record.TableDifferencesDocument,
    "whatif": record.WhatifDocument,
    "since": record.SinceDocument,
    "entitled": record.EntitledDocument,
}

__all__ = ["DOCUMENTS", "Tree", "plain"]

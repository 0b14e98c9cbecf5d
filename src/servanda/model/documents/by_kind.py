"""The document type of each kind of answer. Whoever wants one of them imports its own module: they are many."""

from __future__ import annotations

from servanda.model.documents import checks, figures, law, news, places, record, standing, summaries

DOCUMENTS: dict[str, type] = {
    "standing": standing.StandingDocument,
    "table_standing": standing.TableStandingDocument,
    "obligations": standing.ObligationsDocument,
    "timeline": standing.TimelineDocument,
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
    "brief": summaries.BriefDocument,
    "reductions": summaries.ReductionsDocument,
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
    "exchange_validate": checks.ValidateDocument,
    "inspect_may": checks.MayDocument,
    "inspect_quotas": checks.QuotasDocument,
    "read": news.ReadDocument,
    "entitled": record.EntitledDocument,
}

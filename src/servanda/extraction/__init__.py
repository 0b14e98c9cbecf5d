"""Claims from text: tokens, names, dates, clauses, frames. `extractor` puts it together; no rule here knows of the record."""

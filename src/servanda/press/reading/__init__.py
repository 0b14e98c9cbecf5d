"""How a text is read: tokens, names, dates, clauses, frames. `reader` puts it together; no rule here knows of the record."""

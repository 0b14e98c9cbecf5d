"""Answers as charts: Altair specifications, which a notebook user can change, and files made from them."""

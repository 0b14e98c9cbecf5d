"""The command line: a thin door. No rule lives here that the library lacks."""

"""Documents from files, pages and archives: what was written, by which clock, in bounded memory and time."""

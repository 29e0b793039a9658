"""The doors out: the report in a terminal and as a page."""

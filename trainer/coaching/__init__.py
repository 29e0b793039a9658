"""Opinion: verdicts, findings, and the course of a call; its thresholds live in guides/."""

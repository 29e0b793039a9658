"""Who speaks when, on the sample clock: end of turn, overlap, latency."""

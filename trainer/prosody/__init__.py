"""Numbers with units and without opinion: rate, pitch, level, effort, quality."""

"""How soon the customer answers, how often somebody is cut off, and what becomes of it, on turns whose end is known."""

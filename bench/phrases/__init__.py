"""How well the words are found: labelled utterances and calls, figures for each rule, and the fitting of the heads."""

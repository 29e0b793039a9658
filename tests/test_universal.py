"""The model of meaning for Polish: what means the same lies near, also in English; pieces of words nobody knows."""

import numpy as np
import pytest

from trainer import models, universal

try:
    models.folder(universal.MODEL)
except models.Absent as absent:
    pytest.skip(str(absent), allow_module_level=True)


def test_what_means_the_same_lies_near_in_both_languages() -> None:
    said = ["bardzo przepraszam za to opóźnienie", "I am very sorry for the delay", "kolor obudowy jest biały"]
    sorry, english, white = universal.vectors(said)
    assert np.linalg.norm(sorry) == pytest.approx(1.0, abs=1e-5)
    assert sorry @ english > 0.6 > sorry @ white  # the makers' own: 0.8 for translations


def test_a_sentence_is_cut_into_its_likeliest_pieces() -> None:
    vocabulary = universal._vocabulary()
    names = {place: piece for piece, place in vocabulary.places.items()}
    pieces = vocabulary.pieces("dzień  dobry")
    assert "".join(names[place] for place in pieces) == "▁dzień▁dobry"
    assert len(pieces) < len("dzień dobry") / 2
    assert vocabulary.pieces("") == [universal.UNKNOWN] and universal.UNKNOWN in vocabulary.pieces("\U0001f9ff")


def test_what_a_sentence_means_does_not_depend_on_what_is_said_beside_it() -> None:
    said = ["proszę się uspokoić", "zadzwonię jutro", "to wina kuriera"]
    alone = np.vstack([universal.vectors([one]) for one in said])
    assert np.array_equal(universal.vectors(said), alone)

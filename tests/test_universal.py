"""The model of meaning for Polish: what means the same lies near; a sentence is heard as it is said, and by itself."""

import numpy as np
import pytest

from trainer import models, universal

try:
    models.folder(universal.MODEL)
except models.Absent as absent:
    pytest.skip(str(absent), allow_module_level=True)


def test_what_means_the_same_lies_near() -> None:
    sorry, apology, white = universal.vectors(
        ["bardzo przepraszam za to opóźnienie", "najmocniej przepraszam że tyle to trwało", "kolor obudowy jest biały"]
    )
    assert np.linalg.norm(sorry) == pytest.approx(1.0, abs=1e-5)
    assert sorry @ apology > 0.5 > sorry @ white
    assert universal.vectors([]).shape == (0, universal.SIZE)


def test_before_it_was_tuned_a_translation_lay_near_too() -> None:
    plain = universal.untuned()
    polish, english = (
        plain.vector(universal.pieces(text))
        for text in ("bardzo przepraszam za to opóźnienie", "I am very sorry for the delay")
    )
    assert polish @ english > 0.6  # the makers' own: 0.8 for translations


def test_capitals_and_marks_that_a_recogniser_writes_change_nothing() -> None:
    plain, written = universal.vectors(["dzień dobry nazywam się anna", "Dzień dobry, nazywam się Anna."])
    assert np.array_equal(plain, written)


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

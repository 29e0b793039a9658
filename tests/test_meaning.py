"""The model of meaning: its own weights, computed as its maker's graph computes them, each sentence by itself."""

import numpy as np
import pytest

from trainer import meaning, models, tensors

SENTENCES = ["I understand that you are angry, and I will take care of it myself.", "no", "who told you that?"]


def test_the_vectors_are_those_that_the_models_own_graph_gives() -> None:
    from onnxruntime import InferenceSession

    session = InferenceSession(models.file("minilm"), providers=["CPUExecutionProvider"])
    ours = meaning.vectors(SENTENCES)
    for sentence, vector in zip(SENTENCES, ours, strict=True):
        read = meaning._tokenizer().encode(sentence)
        given = {"input_ids": read.ids, "attention_mask": read.attention_mask, "token_type_ids": read.type_ids}
        (states, *_) = session.run(None, {name: np.array([ids], np.int64) for name, ids in given.items()})
        mean = states[0].mean(axis=0)
        assert vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)  # both sum in float32, in other orders


def test_what_a_sentence_means_does_not_depend_on_what_is_said_beside_it() -> None:
    alone = np.vstack([meaning.vectors([sentence]) for sentence in SENTENCES])
    assert meaning.vectors(SENTENCES) == pytest.approx(alone, abs=1e-6)


WORDS = ["I", "understand", "that", "you", "are", "angry.", "No.", "Who", "told", "you", "that?"]
PLACES = [(0, 6), (6, 7), (7, 11)]


def test_each_sentence_of_an_answer_speaks_for_itself_in_the_light_of_the_others() -> None:
    told, rules = meaning.leanings(WORDS, PLACES), meaning.reader().rules
    assert told.shape == (3, len(rules))
    assert told[:, rules.index("empathise")].argmax() == 0
    assert not np.allclose(told[1], meaning.leanings(WORDS[6:7], [(0, 1)])[0], atol=0.01)


def test_where_an_answer_stands_in_what_was_said_does_not_matter() -> None:
    later = [(first + 2, end + 2) for first, end in PLACES]
    assert np.array_equal(meaning.leanings(["so", "well", *WORDS], later), meaning.leanings(WORDS, PLACES))


def test_what_is_more_than_the_model_reads_speaks_for_nothing() -> None:
    told = meaning.leanings(["sorry"] * 300, [(0, 20), (280, 300)])
    assert (told[1] == meaning.UNREAD).all() and (told[0] != meaning.UNREAD).any()


def test_what_was_taught_is_a_small_thing_beside_the_weights_and_leaves_them_as_they_are() -> None:
    taught, plain = meaning.reader().model, meaning.model()
    assert [layer.dense[0].low is None for layer in plain.layers] == [True] * 6
    for mine, own in zip(taught.layers, plain.layers, strict=True):
        for one, other in zip(mine.dense, own.dense, strict=True):
            assert np.shares_memory(one.weights, other.weights)
    dense = taught.layers[-1].dense[0]
    assert dense.low is not None
    whole = dense.weights * dense.scale + dense.low[0] @ dense.low[1]
    states = np.random.default_rng(1).standard_normal((3, meaning.SIZE)).astype(np.float32)
    assert dense(states) == pytest.approx(states @ whole + dense.bias, abs=1e-3)


def test_a_sentence_that_is_longer_than_any_breath_is_cut_and_not_refused() -> None:
    assert np.isfinite(meaning.vectors(["word " * 500])).all()


def test_the_weights_stay_in_their_file() -> None:
    known = tensors.read(models.file("minilm"))
    table = known["inner.embeddings.word_embeddings.weight_q"]
    assert table.shape == (30522, meaning.SIZE) and table.dtype == np.int8
    assert not table.flags.owndata and not table.flags.writeable

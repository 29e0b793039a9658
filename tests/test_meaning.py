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


def test_a_sentence_that_is_longer_than_any_breath_is_cut_and_not_refused() -> None:
    assert np.isfinite(meaning.vectors(["word " * 500])).all()


def test_the_weights_stay_in_their_file() -> None:
    known = tensors.read(models.file("minilm"))
    table = known["inner.embeddings.word_embeddings.weight_q"]
    assert table.shape == (30522, meaning.SIZE) and table.dtype == np.int8
    assert not table.flags.owndata and not table.flags.writeable

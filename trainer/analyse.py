"""The measures of a recording: one pure function, for the live answer and for the file of years ago alike."""

from trainer import signals
from trainer.coaching import trust
from trainer.coaching.thresholds import shipped_thresholds
from trainer.coaching.trust import Numbers
from trainer.prosody import effort, fillers, frames, nuclei, pitch, quality, rate
from trainer.prosody.chunks import Source
from trainer.records import Clip, Measures, Transcript


def measure(clip: Clip, transcript: Transcript, file: str = "") -> Measures:
    """Everything that can be measured in ``clip``, each with its status; the words come from the recogniser."""
    return measure_stream(lambda: iter((clip,)), transcript, file)


def measure_stream(source: Source, transcript: Transcript, file: str = "") -> Measures:
    """The same of a recording that goes by in pieces; ``source`` is asked twice, and gives the same sound each time."""
    return measured(frames.analyse(source), transcript, file)


def heard(clip: Clip) -> frames.Analysed:
    """What can be known of ``clip`` before its words are; ``measured`` does the rest."""
    return frames.analyse(lambda: iter((clip,)))


def measured(seen: frames.Analysed, transcript: Transcript, file: str = "") -> Measures:
    """The measures of a sound that was looked at before."""
    found = numbers(seen, transcript)
    return Measures(
        file=file,
        duration_s=seen.loud.duration_s,
        speech_s=found.speech_s,
        transcript=transcript,
        rate=trust.rate(found),
        pitch=trust.pitch(found),
        level=trust.level(found),
        effort=trust.effort(found),
        quality=trust.quality(found),
    )


def warm_up(language: str) -> None:
    """Load and compile now whatever measuring needs, so that nobody waits for it in the middle of a call."""
    measure(signals.vowel(150.0, 1.0), Transcript(language, "one two three", ()))


def numbers(seen: frames.Analysed, transcript: Transcript) -> Numbers:
    """What prosody finds, without opinion."""
    tempo = rate.tempo(seen, transcript)
    f0 = pitch.median_and_span(seen)
    return Numbers(
        speech_s=seen.speech_s,
        active_dbfs=seen.loud.active_dbfs,
        peak_dbfs=seen.loud.peak_dbfs,
        lufs=seen.loud.lufs,
        clipped_fraction=seen.loud.clipped_fraction,
        snr_db=quality.snr_db(seen),
        median_hz=f0[0] if f0 else None,
        span_st=f0[1] if f0 else None,
        voiced_s=pitch.voiced_s(seen),
        trackers_apart_st=pitch.disagreement_st(seen),
        alpha_ratio_db=effort.alpha_ratio_db(seen),
        articulation_syllables_per_s=tempo.articulation_syllables_per_s if tempo else None,
        speech_words_per_min=tempo.speech_words_per_min if tempo else None,
        words=tempo.words if tempo else None,
        syllables=tempo.syllables if tempo else None,
        whole_s=tempo.whole_s if tempo else None,
        unsure_fraction=rate.unsure_fraction(transcript, shipped_thresholds().unsure_word),
        pauses=seen.pauses,
        nuclei=len(nuclei.times_s(seen)),
        filled_pauses=fillers.filled_pauses(seen),
        overlooked_s=rate.overlooked_s(seen, transcript),
        gain_riding=quality.gain_riding(seen),
        second_voice=quality.second_voice(seen),
    )

"""The measures of a recording: one pure function, for the live answer and for the file of years ago alike."""

from trainer.coaching import trust
from trainer.coaching.thresholds import shipped_thresholds
from trainer.coaching.trust import Numbers
from trainer.prosody import effort, fillers, frames, level, nuclei, pitch, quality, rate
from trainer.records import RATE_HZ, Clip, Measures, Transcript


def measure(clip: Clip, transcript: Transcript, file: str = "") -> Measures:
    """Everything that can be measured in ``clip``, each with its status; the words come from the recogniser."""
    seen = frames.analyse(clip)
    found = numbers(clip, seen, transcript)
    return Measures(
        file=file,
        duration_s=len(clip) / RATE_HZ,
        speech_s=found.speech_s,
        transcript=transcript,
        rate=trust.rate(found),
        pitch=trust.pitch(found),
        level=trust.level(found),
        effort=trust.effort(found),
        quality=trust.quality(found),
    )


def numbers(clip: Clip, seen: frames.Analysed, transcript: Transcript) -> Numbers:
    """What prosody finds, without opinion."""
    tempo = rate.tempo(seen, transcript)
    f0 = pitch.median_and_span(seen)
    return Numbers(
        speech_s=seen.speech_s,
        active_dbfs=seen.active_dbfs,
        peak_dbfs=level.peak_dbfs(clip),
        clipped_fraction=level.clipped_fraction(clip),
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
        unsure_fraction=rate.unsure_fraction(transcript, shipped_thresholds().unsure_word),
        pauses=seen.pauses,
        nuclei=len(nuclei.times_s(seen)),
        filled_pauses=fillers.filled_pauses(seen),
        gain_riding=quality.gain_riding(seen),
        second_voice=quality.second_voice(seen),
    )

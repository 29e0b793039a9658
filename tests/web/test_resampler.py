"""The page's resampler, in a browser: what a voice has comes through exactly, what would fold back does not."""

from pathlib import Path

import pytest

from tests.web.program import browser
from tests.web.site import trainee

SCRIPT = """
async ([source, fromHz, tones]) => {
    const { Resampler } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    const tone = (hz, at, rate) => Math.sin((2 * Math.PI * hz * at) / rate);
    return tones.map((hz) => {
        const resampler = new Resampler(fromHz, 16000), out = [];
        for (let at = 0; at < fromHz; at += 128)
            out.push(...resampler.push(Float32Array.from({ length: 128 }, (_, i) => tone(hz, at + i, fromHz))));
        let power = 0, error = 0;
        for (let k = 2000; k < 14000; k++) {
            power += out[k] ** 2 / 6000;
            error += (out[k] - tone(hz, k, 16000)) ** 2 / 6000;
        }
        return [10 * Math.log10(power), 10 * Math.log10(error), out.length];
    });
}
"""
KEPT_HZ, GONE_HZ = [100, 1000, 3400, 7000], [8200, 9000, 10_500]


@pytest.mark.browser
def test_a_voice_comes_through_exactly_and_nothing_folds_back(tmp_path: Path) -> None:
    source = trainee(tmp_path).get("/static/resampler.js").text
    with browser() as opened:
        page = opened.new_page()
        for rate_hz in (44_100, 48_000, 96_000, 22_050):
            kept = page.evaluate(SCRIPT, [source, rate_hz, KEPT_HZ])
            gone = page.evaluate(SCRIPT, [source, rate_hz, GONE_HZ])
            assert all(error_db < -75.0 for _, error_db, _ in kept), rate_hz
            assert all(power_db < -75.0 for power_db, _, _ in gone), rate_hz
            assert all(15_900 < count <= 16_100 for *_, count in kept)

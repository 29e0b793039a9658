// Sound to another rate through a proper low-pass, in pieces: a windowed sinc (Kaiser, 80 dB; Kaiser & Schafer,
// IEEE Trans. ASSP 28:105, 1980), one set of taps for each phase. Output k stands at input position k * from / to
// exactly: the delay of the filter is waited for, not added.

const STOPS_DB = 80;
const PASS = 0.9; // of the lower Nyquist frequency; it stops at that frequency itself

const gcd = (a, b) => (b ? gcd(b, a % b) : a);

function bessel0(x) {
  let sum = 1;
  for (let term = 1, k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

export class Resampler {
  constructor(fromHz, toHz) {
    const common = gcd(fromHz, toHz);
    this.step = fromHz / common; // in units of 1/phases of an input sample
    this.phases = toHz / common;
    this.through = fromHz === toHz;
    const nyquist = Math.min(fromHz, toHz) / 2;
    const width = (nyquist * (1 - PASS)) / fromHz; // transition, in cycles a sample
    this.half = Math.ceil((STOPS_DB - 7.95) / (14.36 * width) / 2) + 1;
    this.taps = this.#designed((nyquist * (1 + PASS)) / fromHz);
    this.kept = new Float32Array(this.half); // what was before the first sample: silence
    this.first = -this.half; // input position of kept[0]
    this.next = 0; // output position, in units of 1/phases
  }

  // All output that these samples make possible.
  push(samples) {
    if (this.through) return samples.slice();
    const input = new Float32Array(this.kept.length + samples.length);
    input.set(this.kept);
    input.set(samples, this.kept.length);
    const out = [];
    for (;;) {
      const at = Math.floor(this.next / this.phases);
      const start = at - this.half + 1 - this.first;
      if (start + 2 * this.half > input.length) break;
      out.push(this.#dot(input, start, (this.next % this.phases) * 2 * this.half));
      this.next += this.step;
    }
    const needed = Math.floor(this.next / this.phases) - this.half + 1 - this.first;
    const from = Math.max(0, Math.min(needed, input.length));
    this.kept = input.slice(from);
    this.first += from;
    return Float32Array.from(out);
  }

  #dot(input, start, row) {
    let sum = 0;
    for (let i = 0; i < 2 * this.half; i++) sum += input[start + i] * this.taps[row + i];
    return sum;
  }

  #designed(cutoff) {
    const beta = 0.1102 * (STOPS_DB - 8.7);
    const scale = bessel0(beta);
    const taps = new Float32Array(this.phases * 2 * this.half);
    for (let phase = 0; phase < this.phases; phase++) {
      const row = phase * 2 * this.half;
      let sum = 0;
      for (let i = 0; i < 2 * this.half; i++) {
        const t = i - this.half + 1 - phase / this.phases;
        const edge = 1 - (t / this.half) ** 2;
        const sinc = t === 0 ? cutoff : Math.sin(Math.PI * cutoff * t) / (Math.PI * t);
        taps[row + i] = edge > 0 ? (sinc * bessel0(beta * Math.sqrt(edge))) / scale : 0;
        sum += taps[row + i];
      }
      for (let i = 0; i < 2 * this.half; i++) taps[row + i] /= sum; // no ripple of level between the phases
    }
    return taps;
  }
}

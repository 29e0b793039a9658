// The headset: one AudioContext for both directions, so that what is heard and what is captured stand on one clock.

const RATE_HZ = 16000;
const LATENCY_S = 0.05; // of the sound on its way out: with less, Chromium on a busy machine runs dry and says wrongly when
const SOON_S = 0.06;
const FADE_S = 0.02;
const SETTLES = 100; // blocks: some systems give nothing, or nothing but zeros, for up to 1.5 s

const PROBLEMS = { NotAllowedError: "not_allowed", NotFoundError: "no_microphone", OverconstrainedError: "no_microphone" };

// The name of the sentence for what Headset.open throws.
export function problemOf(thrown) {
  return window.isSecureContext ? (PROBLEMS[thrown.name] ?? "no_sound") : "insecure";
}

export class Headset extends EventTarget {
  // Events: "block" (detail: Int16Array), "lost". Throws what getUserMedia throws. `roundTrip` to the ear and back (s),
  // where it was measured: no system states that of Bluetooth.
  static async open({ microphone, speaker, round_trip_s: roundTrip = null } = {}) {
    const asked = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };
    if (microphone) asked.deviceId = { exact: microphone };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: asked });
    const context = new AudioContext({ latencyHint: LATENCY_S });
    try {
      if (speaker && context.setSinkId) await context.setSinkId(speaker);
      await context.audioWorklet.addModule("/static/capture.js");
      await context.resume();
    } catch (problem) {
      stream.getTracks().forEach((track) => track.stop());
      await context.close();
      throw problem;
    }
    return new Headset(stream, context, roundTrip);
  }

  constructor(stream, context, roundTrip) {
    super();
    this.roundTrip = roundTrip;
    this.context = context;
    this.stream = stream;
    this.track = stream.getAudioTracks()[0];
    this.track.addEventListener("ended", () => this.dispatchEvent(new Event("lost")));
    this.began = null; // context time of the first captured sample
    this.offset = 0; // number of the block that was captured first
    this.line = null;
    this.blocks = 0;
    this.settled = new Promise((resolve) => (this.settle = resolve));
    this.listening = new Promise((resolve) => (this.heard = resolve));
  }

  get name() {
    return this.track.label.replace(/^(Default|Communications) - /, "");
  }

  get rate() {
    return this.context.sampleRate;
  }

  // How long the customer's voice takes to the ear (s): as measured, or as the browser says.
  get latency() {
    if (this.roundTrip !== null) return Math.max(0, this.roundTrip - this.#inward);
    return (this.context.outputLatency || 0) + (this.context.baseLatency || 0);
  }

  get #inward() {
    return this.track.getSettings().latency || 0;
  }

  // What the browser says it does, though it was asked not to.
  get granted() {
    const set = this.track.getSettings();
    return { echo: set.echoCancellation ?? null, noise: set.noiseSuppression ?? null, gain: set.autoGainControl ?? null };
  }

  // Begin to capture; blocks come as events from now on.
  listen() {
    this.worklet = new AudioWorkletNode(this.context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    this.worklet.port.onmessage = ({ data }) => {
      if (data.began !== undefined) {
        this.began = data.began;
        this.heard();
      } else {
        if (++this.blocks === SETTLES) this.settle();
        this.dispatchEvent(new CustomEvent("block", { detail: new Int16Array(data.block) }));
      }
    };
    this.source = this.context.createMediaStreamSource(this.stream); // kept: else Firefox forgets it
    this.source.connect(this.worklet);
  }

  // Which sample of the capture is recorded while the context's time `at` is heard.
  sample(at) {
    const heard = at + (this.roundTrip ?? (this.context.outputLatency || 0) + this.#inward);
    return Math.max(0, Math.round((heard - this.began) * RATE_HZ) + this.offset * 320);
  }

  // Begin to play at once, in place of what is playing; the sample at which it will be heard. A line that comes again
  // while it plays is gone on with where it is.
  play(number, pcm) {
    const again = this.playing && this.line.number === number;
    const now = this.context.currentTime + SOON_S;
    const began = again ? this.line.began : now;
    this.fade();
    const buffer = this.#buffer(pcm);
    const source = new AudioBufferSourceNode(this.context, { buffer });
    const gain = new GainNode(this.context);
    source.connect(gain).connect(this.context.destination);
    source.start(again ? this.context.currentTime : now, again ? this.context.currentTime - began : 0);
    this.line = { number, source, gain, pcm, began, ends: began + buffer.duration };
    this.#restAfter(this.line.ends);
    return this.sample(began);
  }

  // Stop what is playing; the sample at which it is silent, or null where nothing was.
  fade() {
    const line = this.line;
    const now = this.context.currentTime;
    if (!line || now >= line.ends) return null;
    line.ends = now + FADE_S;
    line.gain.gain.setValueAtTime(1, now);
    line.gain.gain.linearRampToValueAtTime(0, line.ends);
    line.source.stop(line.ends);
    this.#restAfter(line.ends);
    return this.sample(line.ends);
  }

  // What sounds again and again where no line is played; it counts as silence.
  rest(pcm) {
    this.resting?.source.stop();
    this.resting = null;
    if (!pcm.length) return;
    const source = new AudioBufferSourceNode(this.context, { buffer: this.#buffer(pcm), loop: true });
    const gain = new GainNode(this.context);
    source.connect(gain).connect(this.context.destination);
    source.start();
    this.resting = { source, gain };
    if (this.playing) this.#restAfter(this.line.ends);
  }

  #restAfter(ends) {
    if (!this.resting) return;
    const { gain } = this.resting.gain;
    gain.cancelScheduledValues(0);
    gain.setValueAtTime(0, this.context.currentTime);
    gain.setValueAtTime(1, ends);
  }

  #buffer(pcm) {
    const buffer = this.context.createBuffer(1, pcm.length, this.rate);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < pcm.length; i++) channel[i] = pcm[i] / 32768;
    return buffer;
  }

  get playing() {
    return Boolean(this.line) && this.context.currentTime < this.line.ends;
  }

  mute(muted) {
    this.worklet?.port.postMessage({ muted });
  }

  pause() {
    return this.context.suspend();
  }

  resume() {
    return this.context.resume();
  }

  async close() {
    this.track.stop();
    if (this.context.state !== "closed") await this.context.close();
  }
}

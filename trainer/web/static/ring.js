// The telephone rings: two tones, one second on and two off, until it is answered.
const TONES_HZ = [400, 450];
const ON_S = 1;
const EVERY_S = 3;

export class Ring {
  constructor(context) {
    this.context = context;
    this.gain = new GainNode(context, { gain: 0 });
    this.gain.connect(context.destination);
    this.tones = TONES_HZ.map((frequency) => new OscillatorNode(context, { frequency }));
    const now = context.currentTime + 0.1;
    for (let at = now; at < now + 60; at += EVERY_S) {
      this.gain.gain.setTargetAtTime(0.05, at, 0.02);
      this.gain.gain.setTargetAtTime(0, at + ON_S, 0.02);
    }
    for (const tone of this.tones) {
      tone.connect(this.gain);
      tone.start();
    }
  }

  stop() {
    for (const tone of this.tones) tone.stop();
    this.gain.disconnect();
  }
}

// What is drawn of both voices, as trainer/drawing.py keeps it: one number for every frame of 256 samples at 16 kHz.
export const FRAME_S = 256 / 16000;
export const NOTHING = -32768;
const HEADER_BYTES = 8;
const NAMES = ["peak", "pitch", "level", "tempo"].flatMap((what) => [`customer_${what}`, `trainee_${what}`]);
const ASK_AGAIN_MS = 400;

export class Tracks {
  constructor(buffer) {
    this.frames = new DataView(buffer).getUint32(4, true);
    NAMES.forEach((name, place) => {
      this[name] = new Int16Array(buffer, HEADER_BYTES + place * this.frames * 2, this.frames);
    });
    this.loudest = Math.max(loudest(this.customer_peak), loudest(this.trainee_peak));
  }

  // Fetch it; as long as it is being made, `making` is told how much of it is done.
  static async fetch(address, making) {
    for (;;) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      if (answer.status === 200) return new Tracks(await answer.arrayBuffer());
      making((await answer.json()).share);
      await new Promise((go) => setTimeout(go, ASK_AGAIN_MS));
    }
  }

  // The lowest and the highest of what both have of a quantity, without the strays: [low, high], or null.
  range(what) {
    const found = [];
    for (const who of ["customer", "trainee"])
      for (const value of this[`${who}_${what}`]) if (value !== NOTHING) found.push(value);
    if (!found.length) return null;
    const sorted = Int16Array.from(found).sort();
    return [sorted[Math.floor(sorted.length * 0.01)] / 100, sorted[Math.ceil(sorted.length * 0.99) - 1] / 100];
  }
}

function loudest(peaks) {
  let most = 1;
  for (const peak of peaks) most = Math.max(most, peak);
  return most;
}

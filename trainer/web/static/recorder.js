// What is spoken at the page, whole: PCM16 at 16 kHz, up to a longest time.
import { Headset } from "./headset.js";
import { Options } from "./options.js";

const RATE_HZ = 16000;

export class Recorder extends EventTarget {
  // Events: "heard" (detail: seconds so far) and "full" (as much as there may be). Throws what getUserMedia throws.
  static async open(longest) {
    const headset = await Headset.open({ microphone: new Options().headset.microphone });
    return new Recorder(headset, longest);
  }

  constructor(headset, longest) {
    super();
    this.headset = headset;
    this.longest = longest;
    this.blocks = [];
    this.samples = 0;
    headset.addEventListener("block", ({ detail }) => this.#block(detail));
    headset.addEventListener("lost", () => this.dispatchEvent(new Event("full")));
    headset.listen();
  }

  get seconds() {
    return this.samples / RATE_HZ;
  }

  get pcm() {
    const whole = new Int16Array(this.samples);
    let at = 0;
    for (const block of this.blocks) {
      whole.set(block, at);
      at += block.length;
    }
    return whole;
  }

  close() {
    return this.headset.close();
  }

  #block(block) {
    if (this.samples + block.length > this.longest * RATE_HZ) return this.dispatchEvent(new Event("full"));
    this.blocks.push(block);
    this.samples += block.length;
    this.dispatchEvent(new CustomEvent("heard", { detail: this.seconds }));
  }
}

// The same as a WAV file, for the page's own player.
export function wav(pcm) {
  const head = new DataView(new ArrayBuffer(44));
  const text = (at, letters) => [...letters].forEach((letter, place) => head.setUint8(at + place, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + pcm.byteLength, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true); // PCM
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE_HZ, true);
  head.setUint32(28, RATE_HZ * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, "data");
  head.setUint32(40, pcm.byteLength, true);
  return new Blob([head, pcm], { type: "audio/wav" });
}

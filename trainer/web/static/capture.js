// In the thread of the sound: the microphone becomes blocks of 20 ms, PCM16 at 16 kHz. Nothing else happens here.
import { Resampler } from "./resampler.js";

const RATE_HZ = 16000;
const BLOCK = 320;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, RATE_HZ);
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
    this.muted = false;
    this.next = null; // the frame of the context that is to come
    this.silence = new Float32Array(128);
    this.port.onmessage = ({ data }) => (this.muted = data.muted);
  }

  process(inputs) {
    if (this.next === null) this.port.postMessage({ began: currentFrame / sampleRate });
    this.catchUp();
    this.take(this.muted || !inputs[0].length ? this.silence : inputs[0][0]);
    this.next = currentFrame + 128;
    return true;
  }

  // A browser that is busy passes us over now and then, and its clock goes on: so must ours, or every line that is heard
  // from then on would be stamped too late.
  catchUp() {
    const missed = currentFrame - (this.next ?? currentFrame);
    for (let frames = 0; frames < missed; frames += 128) this.take(this.silence);
  }

  take(samples) {
    for (const value of this.resampler.push(samples)) {
      this.block[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
      if (this.filled === BLOCK) this.send();
    }
  }

  send() {
    this.port.postMessage({ block: this.block.buffer }, [this.block.buffer]);
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
  }
}

registerProcessor("capture", Capture);

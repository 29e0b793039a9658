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
    this.began = false;
    this.silence = new Float32Array(128);
    this.port.onmessage = ({ data }) => (this.muted = data.muted);
  }

  process(inputs) {
    if (!this.began) {
      this.began = true;
      this.port.postMessage({ began: currentFrame / sampleRate });
    }
    const heard = this.muted || !inputs[0].length ? this.silence : inputs[0][0];
    for (const value of this.resampler.push(heard)) {
      this.block[this.filled++] = Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
      if (this.filled === BLOCK) this.send();
    }
    return true;
  }

  send() {
    this.port.postMessage({ block: this.block.buffer }, [this.block.buffer]);
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
  }
}

registerProcessor("capture", Capture);

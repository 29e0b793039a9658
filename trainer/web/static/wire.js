// The page's end of the WebSocket (docs/wire.md): it comes back by itself, and sends again what was not acknowledged.
import { Frames } from "./frames.js";

const FINAL = { 1000: "done", 1003: "refused", 1007: "refused", 1008: "refused", 4001: "taken", 4004: "unknown", 4029: "refused", 4030: "refused" };
const AGAIN_MS = [200, 500, 1000, 2000, 3000];
const WRITE_MS = 500;

export class Wire extends EventTarget {
  // Events: one for every JSON event that comes down (detail: the event), "sound" (detail: number, pcm), "welcome",
  // "away" (the connection is gone, and is tried again) and "end" (detail: how, why).
  constructor(hello) {
    super();
    this.hello = hello; // a function: what to say, when it is to be said
    this.sitting = "";
    this.frames = null;
    this.next = 0;
    this.tries = 0;
    this.welcome = false;
    this.ended = false;
    this.stamps = [];
    this.unsaid = [];
    this.order = Promise.resolve(); // one message after the other, though some are waited for
    this.writing = setInterval(() => this.frames?.write(), WRITE_MS);
    addEventListener("pagehide", () => this.frames?.write());
  }

  connect() {
    const address = new URL("/wire", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.socket.send(JSON.stringify({ type: "hello", protocol: 1, sitting: this.sitting, ...this.hello() }));
    this.socket.onmessage = ({ data }) => (this.order = this.order.then(() => this.#received(data)));
    this.socket.onclose = (event) => this.#closed(event);
  }

  // A block of the microphone; it waits here until it is acknowledged.
  frame(samples) {
    if (!this.frames || this.ended) return;
    const number = this.next++;
    this.frames.add(number, samples);
    if (this.welcome) this.#send(number, samples);
  }

  // When a line is heard. Said again after a lost connection, before any frame that it concerns.
  stamp(type, line, sample) {
    this.stamps = [...this.stamps.slice(-3), { type, line, sample }];
    if (this.#connected) this.#text({ type, line, sample });
  }

  // Something that is said once: now, or when there is a connection again.
  say(type, data = {}) {
    if (this.#connected) this.#text({ type, ...data });
    else this.unsaid.push({ type, ...data });
  }

  get #connected() {
    return this.welcome && this.socket.readyState === WebSocket.OPEN;
  }

  #text(message) {
    this.socket.send(JSON.stringify(message));
  }

  end(how, why = "") {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.writing);
    if (how !== "taken") this.frames?.forget();
    this.dispatchEvent(new CustomEvent("end", { detail: { how, why } }));
  }

  #send(number, samples) {
    const bytes = new Uint8Array(4 + samples.byteLength);
    new DataView(bytes.buffer).setUint32(0, number, true);
    bytes.set(new Uint8Array(samples.buffer), 4);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes);
  }

  #received(data) {
    return typeof data === "string" ? this.#event(JSON.parse(data)) : this.#sound(data);
  }

  #event(event) {
    if (event.type === "welcome") return this.#welcomed(event);
    if (event.type === "kept") this.frames?.kept(event.frames);
    this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
  }

  async #welcomed({ sitting, next }) {
    if (!this.frames) this.frames = await Frames.of(sitting);
    this.sitting = sitting;
    const shift = this.frames.renumber(next);
    this.next = next + this.frames.waiting.length;
    this.tries = 0;
    this.welcome = true;
    for (const stamp of this.stamps) this.#text(stamp);
    for (const frame of this.frames.waiting) this.#send(frame.number, frame.samples);
    for (const message of this.unsaid.splice(0)) this.#text(message);
    this.dispatchEvent(new CustomEvent("welcome", { detail: { sitting, next: this.next, shift } }));
  }

  #sound(data) {
    const number = new DataView(data).getUint32(0, true);
    this.dispatchEvent(new CustomEvent("sound", { detail: { number, pcm: new Int16Array(data.slice(4)) } }));
  }

  #closed({ code, reason }) {
    this.welcome = false;
    if (this.ended) return;
    if (FINAL[code]) return this.end(FINAL[code], reason);
    this.dispatchEvent(new Event("away"));
    setTimeout(() => this.connect(), AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)]);
  }
}

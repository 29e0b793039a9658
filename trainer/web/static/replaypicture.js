// The picture of a call on a canvas: all lanes on one time axis, with a view that scrolls, zooms and follows the sound.
import { anger, axis, band, curve, FONT, Frame, marks, spans, tag, wave, words } from "./replaylanes.js";
import { say } from "./texts.js";

const NEAREST_S = 3;
const USUAL_S = 15;
const FOLLOWED_AT = 0.35; // where the moment that is heard stands in a view that follows it
const LEAST = { pitch: 8, level: 15, tempo: 3 }; // a lane shows at least so much, or small changes would look large
const LANES = [["axis", 18], ["marks", 48], ["customer_wave", 46], ["customer_words", 36], ["trainee_wave", 46],
  ["trainee_words", 36], ["pitch", 88], ["tempo", 64], ["level", 72], ["anger", 48]];
const GAP_PX = 8;
const INK = ["paper", "card", "ink", "soft", "line", "you", "customer", "mend", "kept"];

export class Picture {
  constructor(canvas, call) {
    Object.assign(this, { canvas, call, tracks: null, chosen: -1, now: 0, follows: true });
    this.context = canvas.getContext("2d");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.seconds = Math.min(USUAL_S, call.duration_s);
    this.start = 0;
    this.lines = call.lines.map((line) => ({ ...line, words: spread(line) }));
    this.answers = call.turns.map((turn) => ({ ...turn, start_s: turn.answer[0], end_s: turn.answer[1] }));
    this.#arrange();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#colours());
    new ResizeObserver(() => this.#size()).observe(canvas.parentElement);
    this.#colours();
    this.#size();
  }

  show(tracks) {
    this.tracks = tracks;
    for (const what of ["pitch", "level", "tempo"]) this.#range(what);
    this.draw();
  }

  // The moment that is heard; the view follows it, unless somebody looks elsewhere.
  at(seconds) {
    this.now = seconds;
    if (this.follows) {
      const inside = seconds >= this.start && seconds < this.start + this.seconds * 0.9;
      if (!this.still.matches || !inside) this.#view(seconds - this.seconds * (this.still.matches ? 0.1 : FOLLOWED_AT));
    }
    this.draw();
  }

  scroll(pixels) {
    this.follows = false;
    this.#view(this.start + (pixels * this.seconds) / this.width);
    this.draw();
  }

  // Show `times` as much around the moment at a place of the view.
  zoom(times, x = this.width * FOLLOWED_AT) {
    const around = this.moment(x);
    this.seconds = Math.max(Math.min(NEAREST_S, this.call.duration_s), Math.min(this.call.duration_s, this.seconds * times));
    this.#view(around - (x / this.width) * this.seconds);
    this.draw();
  }

  moment(x) {
    return this.start + (x / this.width) * this.seconds;
  }

  mark(x, y) {
    return this.places?.find((one) => x >= one.x && x <= one.x + one.size && y >= one.y && y <= one.y + one.size)?.number;
  }

  draw() {
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = null;
      this.#draw();
    });
  }

  #draw() {
    const { context, call, ink, tracks, lanes } = this;
    context.clearRect(0, 0, this.width, this.height);
    context.font = FONT;
    const at = new Frame(context, this.width, this.start, this.seconds);
    at.height = this.height;
    axis(at, lanes.axis, call, ink);
    const chosen = call.marks[this.chosen];
    if (chosen) spans(at, { top: lanes.trainee_wave.top, height: lanes.level.top + lanes.level.height - lanes.trainee_wave.top }, chosen, ink);
    if (tracks) this.#voices(at);
    anger(at, lanes.anger, call.anger, ink.customer);
    words(at, lanes.customer_words, this.lines, { plain: ink.ink });
    words(at, lanes.trainee_words, this.answers, { plain: ink.ink, kept: ink.kept, broken: ink.mend });
    marks(at, lanes.marks, call, this.chosen, ink);
    this.places = at.places;
    this.#labels();
    context.fillStyle = ink.ink;
    context.fillRect(at.x(this.now) - 1, 0, 2, this.height);
    this.drawn = (this.drawn ?? 0) + 1;
  }

  #voices(at) {
    const { tracks, lanes, call, ink } = this;
    wave(at, lanes.customer_wave, tracks.customer_peak, tracks.loudest, ink.customer);
    wave(at, lanes.trainee_wave, tracks.trainee_peak, tracks.loudest, ink.you);
    for (const what of ["pitch", "tempo", "level"]) {
      const lane = lanes[what];
      if (!lane?.y) continue;
      if (call.normal[what]) band(at, lane, call.normal[what], say("normal"), ink);
      curve(at, lane, tracks[`customer_${what}`], ink.customer, true);
      curve(at, lane, tracks[`trainee_${what}`], ink.you, false);
    }
  }

  // Names and ends of the lanes.
  #labels() {
    const { context, ink } = this;
    for (const lane of Object.values(this.lanes)) {
      if (lane.label) tag(context, lane.label, 5, lane.top + 11, lane.ink ?? ink.soft, ink.card);
      for (const [value, text] of lane.ticks ?? []) tag(context, text, 5, lane.y(value) + 4, ink.soft, ink.card);
      context.fillStyle = ink.line;
      context.fillRect(0, lane.top + lane.height + GAP_PX / 2, this.width, 1);
    }
  }

  #arrange() {
    this.lanes = {};
    let top = 4;
    for (const [name, height] of LANES) {
      if (name === "tempo" && !this.call.tempo) continue;
      this.lanes[name] = { top, height };
      top += height + (name.endsWith("wave") ? 2 : GAP_PX);
    }
    this.height = top;
    for (const [name, text] of [["customer_wave", "customer"], ["trainee_wave", "trainee"], ["pitch", "pitch"], ["tempo", "tempo"], ["level", "level"], ["anger", "anger"]])
      if (this.lanes[name]) this.lanes[name].label = say(text);
    const lane = this.lanes.anger;
    lane.y = (value) => lane.top + lane.height * (1 - value);
  }

  #range(what) {
    const lane = this.lanes[what];
    const found = lane && (this.tracks.range(what) ?? this.call.normal[what]);
    if (!found) return;
    const known = [...found, ...(this.call.normal[what] ?? [])];
    const middle = (Math.min(...known) + Math.max(...known)) / 2;
    const half = Math.max(LEAST[what], Math.max(...known) - Math.min(...known)) / 2;
    lane.y = (value) => lane.top + Math.max(0, Math.min(1, (middle + half - value) / (2 * half))) * lane.height;
    const shown = what === "pitch" ? (value) => `${Math.round(2 ** (value / 12))}` : (value) => value.toFixed(what === "tempo" ? 1 : 0);
    lane.ticks = [middle + half * 0.35, middle - half * 0.85].map((value) => [value, shown(value)]);
  }

  #view(start) {
    this.start = Math.max(0, Math.min(start, this.call.duration_s - this.seconds));
  }

  #colours() {
    const style = getComputedStyle(document.documentElement);
    this.ink = Object.fromEntries(INK.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    this.lanes.customer_wave.ink = this.lanes.anger.ink = this.ink.customer;
    this.lanes.trainee_wave.ink = this.ink.you;
    this.draw();
  }

  #size() {
    const dots = window.devicePixelRatio || 1;
    this.canvas.style.height = `${this.height}px`;
    this.width = this.canvas.clientWidth;
    this.canvas.width = Math.round(this.width * dots);
    this.canvas.height = Math.round(this.height * dots);
    this.context.setTransform(dots, 0, 0, dots, 0, 0);
    this.draw();
  }
}

// The customer's words, spread over their line by their letters: when each was said is not known.
function spread(line) {
  const parts = line.text.split(" ");
  const second = (line.end_s - line.start_s) / Math.max(1, line.text.length + 1);
  let at = line.start_s;
  return parts.map((text) => {
    const start_s = at;
    at += (text.length + 1) * second;
    return { text, start_s, end_s: at };
  });
}

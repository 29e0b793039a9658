// The two answers to one line on top of each other: tempo, pitch and volume, each against the own normal voice of its
// attempt. The earlier is dotted and ends in a 1, the later is whole and ends in a 2.
import { band, curve, FONT, Frame, tag } from "./replaylanes.js";
import { FRAME_S, NOTHING } from "./replaytracks.js";
import { say } from "./texts.js";

export const SIDES = ["first", "second"];
const LANES = [["tempo", 64], ["pitch", 92], ["level", 72]];
const LEAST = { tempo: 20, pitch: 3, level: 6 }; // a lane shows at least so much on either side of the normal
const GAP_PX = 10;
const AXIS_PX = 20;
const TICK_PX = 60;
const NUMBER_PX = 14;
const AROUND = 15; // frames, a quarter of a second
const TICKS_S = [1, 2, 5, 10, 20, 30, 60];
const INK = ["card", "ink", "soft", "line", "you", "earlier"];

// A value as the tracks hold it, as a change from what it is held against.
const CHANGES = {
  tempo: (value, normal) => 100 * (value / normal - 1),
  pitch: (value, normal) => value - normal,
  level: (value, normal) => value - normal,
};

// What all pictures of a page share: the curves of both attempts, and one scale for all lines.
export class Curves {
  constructor(drawn, tracks) {
    Object.assign(this, { drawn, tracks });
    this.quantities = LANES.filter(([name]) => drawn.references[name]);
    this.reach = Object.fromEntries(this.quantities.map(([name]) => [name, this.#reach(name)]));
  }

  values(name, side, span) {
    const [first, last] = [span.start_s, span.end_s].map((at) => Math.round(at / FRAME_S));
    return this.tracks[side][`trainee_${name}`].subarray(first, last);
  }

  change(name, side, value) {
    return CHANGES[name](value, this.drawn.references[name][side]);
  }

  // The farthest that any of them goes, without the strays.
  #reach(name) {
    const found = [];
    for (const line of this.drawn.lines)
      for (const side of SIDES)
        if (line[side]) for (const value of this.values(name, side, line[side])) if (value !== NOTHING) found.push(Math.abs(this.change(name, side, value / 100)));
    found.sort((one, other) => one - other);
    return Math.max(LEAST[name], found[Math.ceil(found.length * 0.99) - 1] ?? 0);
  }
}

export class Picture {
  constructor(canvas, line, curves) {
    Object.assign(this, { canvas, line, curves });
    this.context = canvas.getContext("2d");
    this.height = AXIS_PX + curves.quantities.reduce((sum, [, height]) => sum + height + GAP_PX, 0);
    this.seconds = Math.max(1, ...SIDES.map((side) => (line[side] ? line[side].end_s - line[side].start_s : 0)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
    new ResizeObserver(() => this.#size()).observe(canvas.parentElement);
    this.#size();
  }

  // The moment of an answer that is heard; null, that none is.
  at(side, seconds) {
    this.heard = side && { side, seconds };
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = null;
      this.#draw();
    });
  }

  #draw() {
    const { context, curves } = this;
    const style = getComputedStyle(document.documentElement);
    const ink = Object.fromEntries(INK.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    context.clearRect(0, 0, this.width, this.height);
    context.font = FONT;
    const at = new Frame(context, this.width - 18, 0, this.seconds); // room for the number at the end of a curve
    let top = 4;
    for (const [name, height] of curves.quantities) {
      this.#lane(at, name, { top, height }, ink);
      top += height + GAP_PX;
    }
    this.#axis(at, top, ink);
    if (!this.heard) return;
    context.fillStyle = this.heard.side === "first" ? ink.earlier : ink.you;
    context.fillRect(at.x(this.heard.seconds) - 1, 0, 2, top);
  }

  #lane(at, name, lane, ink) {
    const { curves, context } = this;
    const reference = curves.drawn.references[name];
    const reach = curves.reach[name];
    const y = (change) => lane.top + (lane.height * (1 - Math.max(-1, Math.min(1, change / reach)))) / 2;
    const [low, high] = reference.chance;
    band(at, { ...lane, y }, [low, 0, high], "", ink);
    const ends = SIDES.filter((side) => this.line[side]).map((side) => {
      const values = curves.values(name, side, this.line[side]);
      curve(at, { ...lane, y: (value) => y(curves.change(name, side, value)) }, values, side === "first" ? ink.earlier : ink.you, side === "first");
      return { side, ...end(values, (value) => y(curves.change(name, side, value))) };
    });
    const there = ends.filter((one) => one.y !== undefined).map((one) => ({ ...one, y: Math.max(lane.top + NUMBER_PX / 2, one.y) }));
    this.#numbers(at, there, ink);
    tag(context, `${say(name)} (±${reach.toFixed(0)}; 0: ${say(reference.against)})`, 5, lane.top + 11, ink.soft, ink.card);
    context.fillStyle = ink.line;
    context.fillRect(0, lane.top + lane.height + GAP_PX / 2, this.width, 1);
  }

  // 1 and 2 at the ends of the curves, one not over the other.
  #numbers(at, ends, ink) {
    const [one, other] = ends;
    if (other && Math.abs(at.x(one.at) - at.x(other.at)) < NUMBER_PX && Math.abs(one.y - other.y) < NUMBER_PX) {
      const [upper, lower] = one.y <= other.y ? [one, other] : [other, one];
      lower.y = upper.y + NUMBER_PX;
    }
    this.context.font = `bold ${FONT}`;
    for (const { side, at: seconds, y } of ends)
      tag(this.context, side === "first" ? "1" : "2", at.x(seconds) + 5, y + 4, side === "first" ? ink.earlier : ink.you, ink.card);
    this.context.font = FONT;
  }

  #axis(at, top, ink) {
    const step = TICKS_S.find((one) => one * at.scale >= TICK_PX) ?? TICKS_S.at(-1);
    this.context.fillStyle = ink.soft;
    for (let tick = 0; tick <= this.seconds; tick += step) {
      this.context.fillRect(at.x(tick), top, 1, 5);
      this.context.fillText(`${tick} s`, at.x(tick) + 4, top + 13);
    }
  }

  #size() {
    const dots = window.devicePixelRatio || 1;
    this.canvas.style.height = `${this.height}px`;
    this.width = this.canvas.clientWidth;
    this.canvas.width = Math.round(this.width * dots);
    this.canvas.height = Math.round(this.height * dots);
    this.context.setTransform(dots, 0, 0, dots, 0, 0);
    this.#draw();
  }
}

// Where a curve ends: its last moment, and how high it is around that, a stray aside; nothing of a curve without a value.
function end(values, y) {
  const last = values.findLastIndex((value) => value !== NOTHING);
  if (last < 0) return {};
  const known = values.subarray(0, last + 1).filter((value) => value !== NOTHING).slice(-AROUND).sort();
  return { at: last * FRAME_S, y: y(known[Math.floor(known.length / 2)] / 100) };
}

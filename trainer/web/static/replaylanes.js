// The lanes of the picture of a call, each drawn for what is in view only: `at` is a Frame, which turns seconds into
// places and knows the first and the last second that is seen.
import { FRAME_S, NOTHING } from "./replaytracks.js";

export const FONT = "12px system-ui, sans-serif";
const TICKS_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];
const TICK_PX = 80;
const LINE_PX = 16;
const WORDS_PX_S = 45; // from here on there is room for single words, in two rows
const MARK_PX = 16;
const LINES = { kept: 1, broken: 2 }; // under words, never by colour alone

export const clock = (at) => `${Math.floor(at / 60)}:${(at % 60).toFixed(1).padStart(4, "0")}`;

export class Frame {
  constructor(context, width, start, seconds) {
    Object.assign(this, { context, width, start, scale: width / seconds, end: start + seconds });
  }

  x(seconds) {
    return (seconds - this.start) * this.scale;
  }

  sees(start, end) {
    return end >= this.start && start <= this.end;
  }
}

export function axis(at, lane, call, ink) {
  const step = TICKS_S.find((one) => one * at.scale >= TICK_PX) ?? TICKS_S.at(-1);
  at.context.fillStyle = ink.soft;
  for (let tick = Math.ceil(at.start / step) * step; tick <= at.end; tick += step) {
    at.context.fillRect(at.x(tick), lane.top, 1, 5);
    at.context.fillText(`${Math.floor(tick / 60)}:${String(tick % 60).padStart(2, "0")}`, at.x(tick) + 4, lane.top + 13);
  }
  at.context.fillStyle = ink.line;
  for (const turn of call.turns) if (at.sees(turn.start_s, turn.start_s)) at.context.fillRect(at.x(turn.start_s), lane.top, 1, at.height);
}

// Each mark at its moment; those that would cover each other stand below each other.
export function marks(at, lane, call, chosen, ink) {
  const rows = Math.floor(lane.height / LINE_PX);
  const free = new Array(rows).fill(-Infinity);
  at.places = [];
  call.marks.forEach((mark, number) => {
    if (!at.sees(mark.at_s - MARK_PX / at.scale, mark.at_s + MARK_PX / at.scale)) return;
    const x = at.x(mark.at_s);
    const open = free.findIndex((until) => until <= x);
    const row = open >= 0 ? open : free.indexOf(Math.min(...free));
    free[row] = x + MARK_PX;
    const top = lane.top + row * LINE_PX;
    at.places.push({ number, x, y: top, size: MARK_PX });
    at.context.fillStyle = mark.state === "kept" ? ink.kept : ink.mend;
    if (number === chosen) at.context.fillRect(x - 1, top, MARK_PX, LINE_PX);
    if (number === chosen) at.context.fillStyle = ink.card;
    at.context.font = `bold ${FONT}`;
    at.context.fillText(mark.state === "kept" ? "✓" : "✗", x + 2, top + 13);
  });
  at.context.font = FONT;
}

export function spans(at, lane, mark, ink) {
  at.context.fillStyle = mark.state === "kept" ? ink.kept : ink.mend;
  at.context.globalAlpha = 0.18;
  for (const [start, end] of mark.spans)
    if (at.sees(start, end)) at.context.fillRect(at.x(start), lane.top, Math.max(2, (end - start) * at.scale), lane.height);
  at.context.globalAlpha = 1;
}

export function wave(at, lane, peaks, loudest, colour) {
  const middle = lane.top + lane.height / 2;
  const reach = lane.height / 2 / loudest;
  at.context.fillStyle = colour;
  for (let x = 0; x < at.width; x++) {
    const first = Math.floor((at.start + x / at.scale) / FRAME_S);
    const last = Math.max(first + 1, Math.floor((at.start + (x + 1) / at.scale) / FRAME_S));
    let peak = 0;
    for (let frame = Math.max(0, first); frame < last && frame < peaks.length; frame++) if (peaks[frame] > peak) peak = peaks[frame];
    const half = Math.max(0.5, peak * reach);
    if (first < peaks.length) at.context.fillRect(x, middle - half, 1, 2 * half);
  }
}

// The band of the own normal: a dashed line, and how far chance goes from it.
export function band(at, lane, normal, label, ink) {
  const [low, middle, high] = normal.map((value) => lane.y(value));
  at.context.fillStyle = at.context.strokeStyle = ink.you;
  at.context.globalAlpha = 0.12;
  at.context.fillRect(0, Math.max(high, lane.top), at.width, Math.min(low, lane.top + lane.height) - Math.max(high, lane.top));
  at.context.globalAlpha = 1;
  at.context.setLineDash([5, 4]);
  at.context.lineWidth = 1;
  at.context.beginPath();
  at.context.moveTo(0, middle);
  at.context.lineTo(at.width, middle);
  at.context.stroke();
  at.context.setLineDash([]);
  if (label) tag(at.context, label, at.width - at.context.measureText(label).width - 9, middle - 4, ink.you, ink.card);
}

// A text over a ground of its own, so that no curve makes it unreadable.
export function tag(context, text, x, y, colour, ground) {
  context.globalAlpha = 0.8;
  context.fillStyle = ground;
  context.fillRect(x - 3, y - 11, context.measureText(text).width + 6, 14);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

// A curve; where several frames share a place, their mean, always of the same frames, so that nothing flickers.
export function curve(at, lane, values, colour, dashed) {
  const step = Math.max(1, Math.floor(1 / (FRAME_S * at.scale)));
  const first = Math.max(0, Math.floor(at.start / FRAME_S / step) * step);
  const last = Math.min(values.length, Math.ceil(at.end / FRAME_S) + step);
  at.context.strokeStyle = colour;
  at.context.lineWidth = 2;
  if (dashed) at.context.setLineDash([2, 3]);
  at.context.beginPath();
  let down = false;
  for (let frame = first; frame < last; frame += step) {
    const value = mean(values, frame, step);
    if (value !== null) {
      const x = at.x((frame + step / 2) * FRAME_S);
      if (down) at.context.lineTo(x, lane.y(value));
      else at.context.moveTo(x - 1, lane.y(value));
      if (!down) at.context.lineTo(x, lane.y(value));
    }
    down = value !== null;
  }
  at.context.stroke();
  at.context.setLineDash([]);
}

function mean(values, first, step) {
  let sum = 0;
  let known = 0;
  for (let frame = first; frame < first + step && frame < values.length; frame++)
    if (values[frame] !== NOTHING) {
      sum += values[frame];
      known++;
    }
  return known ? sum / known / 100 : null;
}

export function anger(at, lane, steps, colour) {
  at.context.fillStyle = colour;
  for (let step = 0; step + 1 < steps.length; step++) {
    const [start, value] = steps[step];
    const end = steps[step + 1][0];
    if (!at.sees(start, end)) continue;
    at.context.globalAlpha = 0.25;
    at.context.fillRect(at.x(start), lane.y(value), (end - start) * at.scale, lane.top + lane.height - lane.y(value));
    at.context.globalAlpha = 1;
    at.context.fillRect(at.x(start), lane.y(value) - 1, (end - start) * at.scale, 2);
  }
}

// Words where they are said, in two rows; farther away the whole text, as far as there is room for it.
export function words(at, lane, said, colours) {
  for (const one of said) {
    if (!at.sees(one.start_s, one.end_s)) continue;
    if (at.scale < WORDS_PX_S) text(at, one.text, one.start_s, one.end_s, lane.top + 13, colours.plain);
    else
      one.words.forEach((word, place) => {
        const until = one.words[place + 2]?.start_s ?? Infinity;
        if (at.sees(word.start_s, word.start_s + 5))
          text(at, word.text, word.start_s, until, lane.top + 12 + (place % 2) * LINE_PX, colours[word.state] ?? colours.plain, LINES[word.state]);
      });
  }
}

function text(at, said, start, end, y, colour, line = 0) {
  at.context.save();
  at.context.beginPath();
  at.context.rect(at.x(start), y - 14, Math.min(at.width, (end - start) * at.scale - 3), LINE_PX + 4);
  at.context.clip();
  at.context.fillStyle = colour;
  at.context.fillText(said, at.x(start), y);
  if (line) at.context.fillRect(at.x(start), y + 2, at.context.measureText(said).width, line);
  at.context.restore();
}

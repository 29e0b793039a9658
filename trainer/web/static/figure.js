// The customer as a figure whose posture goes with their anger: 0 leans back with open hands, 1 leans in with raised
// shoulders and fists. Never by colour alone; the posture stands beside it in words.
import { $, say } from "./texts.js";

const WORDS = [0.25, 0.5, 0.75]; // where one posture's words end and the next one's begin

const between = (calm, angry, anger) => calm + (angry - calm) * anger;

function put(id, values) {
  for (const [name, value] of Object.entries(values)) $(id).setAttribute(name, value);
}

export class Figure {
  constructor() {
    this.shown = null;
    this.aim = 0;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  // Take the posture of an anger of 0 to 1, within a second.
  set(anger) {
    this.aim = anger;
    $("posture").textContent = say(`posture_${WORDS.filter((limit) => anger >= limit).length}`);
    if (this.shown === null || this.still.matches) return this.#draw(anger);
    if (!this.moving) this.moving = requestAnimationFrame(() => this.#move());
  }

  #move() {
    const left = this.aim - this.shown;
    const there = Math.abs(left) < 0.005;
    this.#draw(there ? this.aim : this.shown + left * 0.08);
    this.moving = there ? null : requestAnimationFrame(() => this.#move());
  }

  #draw(anger) {
    this.shown = anger;
    const at = (calm, angry) => between(calm, angry, anger).toFixed(1);
    put("figure-all", { transform: `rotate(${at(-3, 7)} 100 190) translate(${at(-2, 4)} ${at(3, 0)})` });
    put("figure-head", { transform: `translate(${at(0, 7)} ${at(0, 5)}) rotate(${at(-3, 6)} 100 60)` });
    put("figure-body", { d: `M58 190 C58 ${at(140, 128)} ${at(64, 54)} ${at(112, 98)} 100 ${at(97, 100)} C${at(136, 146)} ${at(112, 98)} 142 ${at(140, 128)} 142 190 Z` });
    put("figure-left", { d: `M${at(66, 64)} ${at(128, 116)} L${at(45, 30)} ${at(160, 142)} L${at(78, 40)} ${at(180, 92)}` });
    put("figure-right", { d: `M${at(134, 136)} ${at(128, 116)} L${at(155, 170)} ${at(160, 142)} L${at(122, 160)} ${at(180, 92)}` });
    for (const [id, calm, angry] of [["left", 78, 40], ["right", 122, 160]])
      put(`figure-${id}-hand`, { cx: at(calm, angry), cy: at(180, 90), r: at(6, 11) });
    put("figure-left-brow", { d: `M80 ${at(47, 46)} L95 ${at(46, 55)}` });
    put("figure-right-brow", { d: `M120 ${at(47, 46)} L105 ${at(46, 55)}` });
    put("figure-mouth", { d: `M88 ${at(74, 82)} Q100 ${at(82, 70)} 112 ${at(74, 82)} Q100 ${at(83, 90)} 88 ${at(74, 82)} Z` });
  }
}

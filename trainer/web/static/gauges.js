// The gauges: where tempo, pitch and level lie from one's own normal. Within the band in the middle nothing is shown
// but the band; outside it a mark stands, the farther out the bolder.
import { $, say } from "./texts.js";

const FARTHEST = 3; // units of chance; the band is one on each side

export class Gauges {
  constructor(names) {
    this.names = names;
  }

  show(values) {
    for (const name of this.names) this.#one(name, values[name] ?? null);
  }

  #one(name, value) {
    const mark = $(`gauge-${name}`);
    const known = value !== null;
    const within = known && Math.abs(value) <= 1;
    mark.style.setProperty("--at", known ? 50 + (value / FARTHEST) * 50 : 50);
    mark.dataset.state = !known ? "none" : within ? "within" : "outside";
    const way = value > 0 ? "above" : "below";
    $(`gauge-${name}-said`).textContent = !known ? say("gauge_none") : within ? say("gauge_within") : say(`gauge_${way}_${name}`);
  }
}

// What the trainee wants to see and use in a call; remembered in this browser.
import { $ } from "./texts.js";

const KEPT = "trainer-options";
const BOXES = ["captions-on", "figure-on", "gauges-on", "why-on", "exam", "keyed"];
const DEVICES = "trainer-devices"; // chosen at the sound check

export class Options {
  constructor() {
    this.held = false;
  }

  // `changed` is called when the talk key is pressed, released, or no longer wanted.
  start(changed) {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    for (const id of BOXES) {
      if (id in kept) $(id).checked = kept[id];
      $(id).addEventListener("change", () => this.#keep(changed));
    }
    $("difficulty").value = kept.difficulty ?? "normal";
    $("difficulty").addEventListener("change", () => this.#keep(changed));
    const hold = (held) => {
      if (this.held === held) return;
      this.held = held;
      $("hold").setAttribute("aria-pressed", String(held));
      changed();
    };
    for (const event of ["pointerdown", "pointerup", "pointerleave", "pointercancel", "blur"]) $("hold").addEventListener(event, () => hold(event === "pointerdown"));
    for (const event of ["keydown", "keyup"])
      $("hold").addEventListener(event, (key) => {
        if (key.key !== " " && key.key !== "Enter") return;
        key.preventDefault();
        hold(event === "keydown");
      });
    this.#apply();
  }

  get difficulty() {
    return $("difficulty").value;
  }

  get exam() {
    return $("exam").checked;
  }

  get keyed() {
    return $("keyed").checked;
  }

  // The headset as the sound check left it: microphone, speaker, leaks, round_trip_s.
  get headset() {
    return JSON.parse(localStorage.getItem(DEVICES) ?? "{}");
  }

  // Whether the headphones leak into the microphone, as the sound check found.
  get leaks() {
    return Boolean(this.headset.leaks);
  }

  #keep(changed) {
    localStorage.setItem(KEPT, JSON.stringify({ ...Object.fromEntries(BOXES.map((id) => [id, $(id).checked])), difficulty: $("difficulty").value }));
    this.#apply();
    changed();
  }

  #apply() {
    for (const name of ["captions", "figure", "gauges", "why"]) document.body.classList.toggle(`no-${name}`, !$(`${name}-on`).checked);
    document.body.classList.toggle("keyed", this.keyed);
  }
}

// A call that was had already, played as it went: each line and answer, the figure, and what moved the customer.
import { caption } from "./captions.js";
import { Figure } from "./figure.js";
import { $, say } from "./texts.js";

class Watching {
  constructor(course) {
    this.figure = new Figure();
    this.steps = course.flatMap((turn) => [
      { who: "customer", phase: "customer", sound: turn.line, text: turn.text, anger: turn.anger, why: "" },
      { who: "you", phase: "speaking", sound: turn.answer, text: turn.said, after: turn.after, why: turn.why },
    ]);
    this.at = -1;
    this.sound = $("sound");
  }

  start() {
    $("play").addEventListener("click", () => this.#toggle());
    $("skip").addEventListener("click", () => this.#next());
    this.sound.addEventListener("ended", () => this.#next());
    this.sound.addEventListener("error", () => this.sound.hasAttribute("src") && this.#next());
    for (const event of ["play", "pause"]) this.sound.addEventListener(event, () => this.#label());
    this.figure.set(this.steps[0].anger);
  }

  #toggle() {
    if (this.at < 0 || this.at >= this.steps.length) return this.#begin();
    if (this.sound.paused) this.#sound();
    else this.sound.pause();
  }

  #begin() {
    this.at = -1;
    $("captions").replaceChildren();
    this.#next();
  }

  #next() {
    const before = this.steps[this.at];
    if (before?.after !== undefined) {
      this.figure.set(before.after);
      $("why").textContent = before.why;
    }
    const step = this.steps[++this.at];
    if (!step) return this.#over();
    $("sign").dataset.phase = step.phase;
    $("sign-text").textContent = say(step.who === "you" ? "trainee_speaks" : "phase_customer");
    if (step.text) caption(step.who, step.text, say(step.who === "you" ? "trainee" : "customer"));
    if (step.anger !== undefined) this.figure.set(step.anger);
    if (!step.sound) return this.#next();
    this.sound.src = step.sound;
    this.#sound();
  }

  // A browser may not let it begin, or the next one may come meanwhile: the button says how it stands.
  #sound() {
    this.sound.play().catch(() => this.#label());
  }

  #over() {
    this.sound.removeAttribute("src");
    $("sign").dataset.phase = "";
    $("sign-text").textContent = say("end_done");
    this.#label();
  }

  #label() {
    const over = this.at >= this.steps.length;
    $("play").textContent = say(over ? "again" : this.sound.paused ? "play" : "pause");
  }
}

new Watching(JSON.parse($("course").textContent)).start();

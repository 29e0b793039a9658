// An answer said again: the customer's line is heard, the trainee answers, and the page comes back with both compared.
import { Headset, problemOf } from "./headset.js";
import { Options } from "./options.js";
import { sit } from "./sitting.js";
import { $, insecure, say } from "./texts.js";
import { Wire } from "./wire.js";

class Again {
  constructor(button) {
    this.attempt = button.dataset.attempt;
    this.turn = Number(button.dataset.turn);
    this.options = new Options();
  }

  start() {
    $("start").addEventListener("click", () => this.#begin());
    $("stop").addEventListener("click", () => this.wire?.say("hang_up"));
    $("leaks").hidden = !this.options.leaks;
    insecure();
  }

  async #begin() {
    $("start").disabled = true;
    try {
      this.headset = await Headset.open(this.options.headset);
    } catch (problem) {
      $("start").disabled = false;
      return this.#problem(say(problemOf(problem)));
    }
    this.done = false;
    $("problem").hidden = true;
    $("sign").hidden = $("stop").hidden = false;
    this.#status("connecting");
    const wire = (this.wire = new Wire(() => this.#hello()));
    sit(this.headset, wire, () => this.#mute());
    const heard = { phase: "phase", over: "over", failed: "failed", end: "ended" };
    for (const [event, method] of Object.entries(heard)) wire.addEventListener(event, ({ detail }) => this[method](detail));
    this.headset.addEventListener("lost", () => wire.say("microphone_lost"));
    wire.connect();
  }

  #hello() {
    const { rate, name, latency, granted } = this.headset;
    return {
      work: "again", attempt: this.attempt, turn: this.turn, rate_hz: rate, microphone: name, output_latency_s: latency,
      granted, half_duplex: this.options.leaks,
    };
  }

  // Headphones that leak: nothing is heard while the customer speaks.
  #mute() {
    const leaks = this.options.leaks && this.headset.playing;
    this.headset.mute(leaks);
    if (leaks) setTimeout(() => this.#mute(), 50);
  }

  phase({ phase }) {
    $("sign").dataset.phase = phase;
    this.#status(phase === "ended" ? "recognising" : `phase_${phase}`);
  }

  over() {
    this.done = true;
  }

  failed({ problem }) {
    this.done = true;
    this.#stop(problem);
  }

  ended({ how, why }) {
    if (!this.done) return this.#stop(why || say(`end_${how}`));
    if ($("problem").hidden) {
      this.headset.close();
      location.reload();
    }
  }

  #stop(sentence) {
    this.headset.close();
    $("start").disabled = false;
    for (const id of ["sign", "stop", "away"]) $(id).hidden = true;
    this.#problem(sentence);
  }

  #status(name) {
    $("sign-text").textContent = say(name);
  }

  #problem(sentence) {
    $("problem").textContent = sentence;
    $("problem").hidden = false;
  }
}

new Again($("start")).start();

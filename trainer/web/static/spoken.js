// A comment that is spoken in place of written: recorded, heard again, and sent with the rest of its form.
import { problemOf } from "./headset.js";
import { Recorder, wav } from "./recorder.js";
import { $, say } from "./texts.js";

const LONGEST_S = Number($("texts").dataset.longest);
const PARTS = ["told", "problem", "stop", "keep", "again", "leave"];

class Speaking {
  constructor(button) {
    this.button = button;
    this.form = button.form;
    button.hidden = false;
    button.addEventListener("click", () => this.#open());
  }

  #open() {
    const made = $("speaking").content.cloneNode(true).firstElementChild;
    Object.assign(this, { made, sound: made.querySelector("audio") });
    for (const name of PARTS) this[name] = made.querySelector(`.${name}`);
    this.stop.addEventListener("click", () => this.#stop());
    this.keep.addEventListener("click", () => this.#keep());
    this.again.addEventListener("click", () => this.#record());
    this.leave.addEventListener("click", () => this.#leave());
    this.button.hidden = true;
    this.form.append(made);
    this.#record();
  }

  async #record() {
    this.#show([], "speak_opening");
    try {
      this.recorder = await Recorder.open(LONGEST_S);
    } catch (problem) {
      return this.#problem(say(problemOf(problem)), ["again"]);
    }
    if (!this.made.isConnected) return this.recorder.close(); // they left it meanwhile
    this.recorder.addEventListener("heard", ({ detail }) => this.#heard(detail));
    this.recorder.addEventListener("full", () => this.#stop());
    this.#show(["stop"], "speaking", { seconds: 0, longest: LONGEST_S });
    this.stop.focus();
  }

  #heard(seconds) {
    const shown = Math.floor(seconds);
    if (shown === this.shown) return;
    this.shown = shown;
    this.told.textContent = say("speaking", { seconds: shown, longest: LONGEST_S });
  }

  #stop() {
    if (this.stop.hidden) return; // it is over already
    this.recorder.close();
    this.sound.src = URL.createObjectURL(wav(this.recorder.pcm));
    this.#show(["keep", "again"], "spoken", { seconds: Math.round(this.recorder.seconds) });
    this.sound.hidden = false;
    this.keep.focus();
  }

  async #keep() {
    this.#show([], "sending");
    const about = new URLSearchParams(new FormData(this.form));
    try {
      const answer = await fetch(`${this.form.action}/spoken?${about}`, { method: "POST", body: this.recorder.pcm });
      const { place, problem } = await answer.json();
      if (!place) return this.#problem(problem, ["keep", "again"]);
      history.replaceState(null, "", place);
      location.reload();
    } catch {
      this.#problem(say("not_sent"), ["keep", "again"]);
    }
  }

  #leave() {
    this.recorder?.close();
    this.made.remove();
    this.button.hidden = false;
    this.button.focus();
  }

  #show(buttons, name, values = {}) {
    for (const one of ["stop", "keep", "again"]) this[one].hidden = !buttons.includes(one);
    this.sound.hidden = this.problem.hidden = true;
    this.told.textContent = name ? say(name, values) : "";
  }

  #problem(sentence, buttons) {
    this.#show(buttons);
    this.problem.textContent = sentence;
    this.problem.hidden = false;
    this.sound.hidden = !buttons.includes("keep");
  }
}

document.querySelectorAll(".speak").forEach((button) => new Speaking(button));

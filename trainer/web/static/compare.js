// Two attempts side by side: both answers to a line are heard in turn, and drawn on top of each other.
import { Curves, Picture, SIDES } from "./comparepicture.js";
import { Tracks } from "./replaytracks.js";
import { $, say } from "./texts.js";

const drawn = JSON.parse($("drawn").textContent);
const everything = [...document.querySelectorAll("audio")];

// One line of the customer: the sounds of both answers, the button that plays them in turn, and their picture.
class Line {
  constructor(section, spans) {
    this.spans = spans;
    this.canvas = section.querySelector("canvas");
    this.button = section.querySelector(".in-turn");
    this.sounds = Object.fromEntries([...section.querySelectorAll("audio")].map((sound) => [sound.dataset.side, sound]));
    for (const [side, sound] of Object.entries(this.sounds)) this.#listen(side, sound);
    this.button?.addEventListener("click", () => (this.playing ? this.#stop() : this.#play()));
  }

  draw(curves) {
    if (this.canvas) this.picture = new Picture(this.canvas, this.spans, curves);
  }

  #listen(side, sound) {
    sound.addEventListener("play", () => {
      everything.filter((one) => one !== sound).forEach((one) => one.pause());
      status(say(side));
      this.#heard(side, sound);
    });
    sound.addEventListener("ended", () => this.#over(side));
    sound.addEventListener("pause", () => sound.ended || this.playing !== side || this.#stop());
    sound.addEventListener("error", () => problem("no_sound"));
  }

  // While it sounds, a line in the picture goes along.
  #heard(side, sound) {
    const span = this.spans[side];
    this.picture?.at(sound.paused ? null : side, span ? sound.currentTime + span.begins_s - span.start_s : 0);
    if (!sound.paused) requestAnimationFrame(() => this.#heard(side, sound));
  }

  #play() {
    for (const sound of Object.values(this.sounds)) sound.currentTime = 0;
    this.#begin("first");
  }

  #begin(side) {
    this.playing = side;
    this.button.textContent = say("stop");
    this.sounds[side].play().catch((thrown) => thrown.name === "AbortError" || problem("no_sound"));
  }

  #over(side) {
    if (this.playing === "first" && side === "first") return this.#begin("second");
    if (this.playing) status(say("over"));
    this.#stop();
  }

  #stop() {
    this.playing = null;
    if (this.button) this.button.textContent = say("in_turn");
    for (const sound of Object.values(this.sounds)) sound.pause();
  }
}

function status(text) {
  $("status").textContent = text;
}

function problem(name) {
  $("problem").textContent = say(name);
  $("problem").hidden = false;
}

// The curves of an attempt may have to be made first; what is told is the share of the one that is farther behind.
async function curves() {
  const shares = {};
  const told = (side) => (share) => {
    shares[side] = share;
    $("making").hidden = false;
    $("made").value = Math.min(...Object.values(shares));
  };
  const tracks = await Promise.all(SIDES.map((side) => Tracks.fetch(drawn.tracks[side], told(side))));
  return new Curves(drawn, Object.fromEntries(SIDES.map((side, place) => [side, tracks[place]])));
}

const lines = [...document.querySelectorAll(".line")].map((section, place) => new Line(section, drawn.lines[place]));
if (Object.keys(drawn.references).length)
  curves()
    .then((found) => lines.forEach((line) => line.draw(found)), () => problem("failed"))
    .finally(() => ($("making").hidden = true));

// The replay of a call: the sound, its picture, the marks and the words, walked by keys or by hand.
import { Player } from "./replayplayer.js";
import { Picture } from "./replaypicture.js";
import { clock } from "./replaylanes.js";
import { Tracks } from "./replaytracks.js";
import { $, say } from "./texts.js";

const BACK_S = 5;
const NEARER = 0.6;
const SAME_S = 0.05; // two moments nearer than this are one
const CLICK_PX = 4;
const KEYS_OFF = "replay-keys-off";
const KEYS = { " ": "play", r: "back", n: "next", p: "previous", t: "turn", b: "best", w: "worst",
  "+": "nearer", "=": "nearer", "-": "farther", 0: "whole", "?": "keys-open" };

class Replay {
  constructor(call) {
    this.call = call;
    this.player = new Player($("sound"), call.quiet);
    this.picture = new Picture($("picture"), call);
    this.marks = [...$("marks").children];
    this.said = [...$("words").children].map((line) => ({ line, start: Number(line.dataset.start) }));
  }

  start() {
    this.#buttons();
    this.#sound();
    this.#hand();
    this.#keys();
    window.addEventListener("hashchange", () => this.#linked());
    this.#linked();
    this.#draw();
  }

  // What is drawn may have to be made first; the sound does not wait for it.
  async #draw() {
    try {
      const tracks = await Tracks.fetch(`${location.pathname}.bin`, (share) => {
        $("making").hidden = false;
        $("made").value = share;
      });
      this.picture.show(tracks);
      requestAnimationFrame(() => performance.mark("replay-drawn")); // for bench/replay.py
    } catch {
      this.#problem(say("failed"));
    }
    $("making").hidden = true;
  }

  #problem(text) {
    $("problem").textContent = text;
    $("problem").hidden = false;
  }

  #buttons() {
    const does = {
      play: () => this.player.toggle().catch(() => this.#problem(say("no_sound"))),
      back: () => this.#go(this.player.at - BACK_S),
      previous: () => this.#mark(-1),
      next: () => this.#mark(1),
      turn: () => this.#turn(),
      best: () => this.#highlight(this.call.best),
      worst: () => this.#highlight(this.call.worst),
      nearer: () => this.picture.zoom(NEARER),
      farther: () => this.picture.zoom(1 / NEARER),
      whole: () => this.picture.zoom(Infinity),
      "keys-open": () => $("keys").showModal(),
      "keys-close": () => $("keys").close(),
    };
    for (const [id, work] of Object.entries(does)) $(id).addEventListener("click", work);
    $("speed").addEventListener("change", () => this.player.speed(Number($("speed").value)));
    $("skip").addEventListener("change", () => (this.player.skips = $("skip").checked));
    for (const who of ["customer", "trainee"])
      $(`hear-${who}`).addEventListener("change", (event) => this.player.hear(who, event.target.checked));
  }

  #sound() {
    const { sound } = this.player;
    for (const event of ["play", "pause", "ended"])
      sound.addEventListener(event, () => {
        $("play").textContent = say(sound.paused ? "play" : "pause");
        if (!sound.paused) this.picture.follows = true;
        if (sound.paused) history.replaceState(null, "", `#t=${this.player.at.toFixed(1)}`);
        this.#heard();
      });
    sound.addEventListener("seeked", () => this.#moment());
    sound.addEventListener("error", () => this.#problem(say("no_sound")));
  }

  // While it sounds, everything goes along with it.
  #heard() {
    this.player.skip();
    this.#moment();
    if (!this.player.paused) this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#heard();
    });
  }

  #moment() {
    const at = this.player.at;
    this.picture.at(at);
    $("at").value = at;
    $("at").setAttribute("aria-valuetext", say("at", { clock: clock(at), whole: clock(this.call.duration_s) }));
    this.#talk(at);
    const now = this.said.findLast((one) => one.start <= at + SAME_S)?.line;
    if (now !== this.spoken) {
      current(this.spoken, now);
      this.spoken = now;
    }
  }

  // What is said about this moment stands with its turn.
  #talk(at) {
    const turn = this.call.turns.findLast((one) => one.start_s <= at + SAME_S)?.number;
    if (!$("talk") || turn === this.turn) return;
    this.turn = turn;
    $("talk").hash = turn ? `turn-${turn}` : "";
  }

  #go(at) {
    this.picture.follows = true;
    this.player.seek(at);
    this.#moment();
  }

  // The mark before or after this moment, or after the one that is chosen, where several share it.
  #mark(step) {
    const { marks } = this.call;
    const at = this.player.at;
    const chosen = marks[this.picture.chosen];
    let number;
    if (chosen && Math.abs(chosen.at_s - at) < SAME_S) number = this.picture.chosen + step;
    else number = step > 0 ? marks.findIndex((mark) => mark.at_s > at + SAME_S) : marks.findLastIndex((mark) => mark.at_s < at - SAME_S);
    this.#choose(number);
  }

  #choose(number) {
    const mark = this.call.marks[number];
    if (!mark) return this.#say(say("none"));
    current(this.marks[this.picture.chosen], this.marks[number]);
    this.picture.chosen = number;
    this.#go(mark.at_s);
    this.#say(`${say("turn", { number: mark.turn, clock: mark.clock })}: ${mark.text}`);
  }

  #turn() {
    const next = this.call.turns.find((turn) => turn.start_s > this.player.at + SAME_S);
    if (!next) return this.#say(say("none"));
    this.#go(next.start_s);
    this.#say(say("turn", { number: next.number, clock: clock(next.start_s) }));
  }

  #highlight(found) {
    if (!found) return this.#say(say("none"));
    this.#go(found.at_s);
    this.#say(found.text);
  }

  #say(text) {
    $("status").textContent = text;
  }

  // The moment in the address: #t=83.4. One that is a mark's chooses it.
  #linked() {
    const at = Number(/^#t=(\d+(?:\.\d+)?)$/.exec(location.hash)?.[1] ?? NaN);
    if (Number.isNaN(at)) return this.#moment();
    const number = this.call.marks.findIndex((mark) => Math.abs(mark.at_s - at) < SAME_S / 2);
    if (number >= 0) this.#choose(number);
    else this.#go(at);
  }

  #hand() {
    const { picture } = this;
    this.#links($("marks"), (number) => this.#choose(number));
    this.#links($("words"), (number) => this.#go(this.said[number].start));
    $("at").addEventListener("input", () => this.#go(Number($("at").value)));
    const canvas = $("picture");
    canvas.addEventListener("wheel", (event) => {
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.ctrlKey) picture.zoom(event.deltaY > 0 ? 1 / NEARER : NEARER, event.offsetX);
      else if (across) picture.scroll(across);
      else return;
      event.preventDefault();
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      this.held = { from: event.offsetX, last: event.offsetX };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.held || (!this.held.moved && Math.abs(event.offsetX - this.held.from) < CLICK_PX)) return;
      picture.scroll(this.held.last - event.offsetX);
      this.held = { ...this.held, last: event.offsetX, moved: true };
    });
    canvas.addEventListener("pointercancel", () => (this.held = null));
    canvas.addEventListener("pointerup", (event) => {
      if (this.held && !this.held.moved) this.#clicked(event);
      this.held = null;
    });
  }

  // A link of a list leads to its own line, also where several lines share a moment or it is followed again.
  #links(list, go) {
    list.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      go([...list.children].indexOf(link.closest("li")));
    });
  }

  #clicked(event) {
    const number = this.picture.mark(event.offsetX, event.offsetY);
    if (number !== undefined) this.#choose(number);
    else this.#go(this.picture.moment(event.offsetX));
  }

  // Single keys get in the way of some people's speech input: they can be switched off, and that is remembered.
  #keys() {
    $("keys-on").checked = !localStorage.getItem(KEYS_OFF);
    $("keys-on").addEventListener("change", () =>
      $("keys-on").checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1"));
    document.addEventListener("keydown", (event) => {
      if (!$("keys-on").checked || event.ctrlKey || event.altKey || event.metaKey || $("keys").open) return;
      if (event.target.closest("select, textarea, input[type=text]")) return;
      if (event.key === " " && event.target.closest("button, a, input")) return;
      const key = event.key.toLowerCase();
      if (key === "s") this.#slower();
      else if (key === "q") this.#skip();
      else if (key in KEYS) $(KEYS[key]).click();
      else return;
      event.preventDefault();
    });
  }

  #slower() {
    const speed = $("speed");
    speed.selectedIndex = (speed.selectedIndex + 1) % speed.options.length;
    this.player.speed(Number(speed.value));
    this.#say(say("slower", { speed: speed.selectedOptions[0].text }));
  }

  #skip() {
    $("skip").click();
    this.#say(say($("skip").checked ? "skip_on" : "skip_off"));
  }
}

// Mark one of a list as the current one, and bring it into sight within its list without moving the page.
function current(before, now) {
  before?.removeAttribute("aria-current");
  if (!now) return;
  now.setAttribute("aria-current", "true");
  const list = now.parentElement;
  if (now.offsetTop < list.scrollTop || now.offsetTop + now.offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = now.offsetTop - list.clientHeight / 3;
}

new Replay(JSON.parse($("call").textContent)).start();

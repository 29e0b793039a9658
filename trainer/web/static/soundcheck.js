// The page of the sound check: which headset, how loud, does it leak; then ten seconds of reading and twenty of talk.
import { Headset, problemOf } from "./headset.js";
import { leak } from "./leak.js";
import { sit } from "./sitting.js";
import { $, insecure, say, show } from "./texts.js";
import { Wire } from "./wire.js";

const PARTS = ["devices", "reading", "result"];
const DEVICES = "trainer-devices";
const QUIETEST_DB = -60;
const TIMES = 3;
const BLUETOOTH = /bluetooth|hands.?free|airpods|\bbuds\b/i; // as systems name them

class SoundCheck {
  constructor() {
    this.chosen = JSON.parse(localStorage.getItem(DEVICES) ?? "{}");
    this.blocks = 0;
    this.loudest = QUIETEST_DB;
  }

  start() {
    $("open").addEventListener("click", () => this.#open());
    $("test").addEventListener("click", () => this.#test());
    $("measure").addEventListener("click", () => this.#measure());
    $("take").addEventListener("click", () => this.#take());
    $("stop").addEventListener("click", () => this.wire.say("hang_up"));
    for (const [id, name] of [["microphones", "microphone"], ["speakers", "speaker"]])
      $(id).addEventListener("change", () => {
        this.#choose({ [name]: $(id).value, leaks: false, round_trip_s: null });
        this.#open();
      });
    insecure();
  }

  async #open() {
    await this.headset?.close();
    try {
      this.headset = await Headset.open(this.chosen);
    } catch (problem) {
      if (this.chosen.microphone) {
        this.#choose({ microphone: "", speaker: "", leaks: false, round_trip_s: null });
        return this.#open();
      }
      return this.#problem(problemOf(problem));
    }
    this.headset.addEventListener("lost", () => this.#problem("microphone_lost"));
    this.headset.addEventListener("block", ({ detail }) => this.#level(detail));
    this.headset.listen();
    this.#granted();
    await this.#list();
    $("problem").hidden = true;
    $("open").hidden = true;
    $("opened").hidden = false;
  }

  async #list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const fill = (id, kind, current) => {
      const known = devices.filter((one) => one.kind === kind && one.deviceId);
      $(id).replaceChildren(...known.map((one) => new Option(one.label || say("unnamed"), one.deviceId, false, one.deviceId === current)));
      $(id).closest("label").hidden = known.length === 0;
    };
    fill("microphones", "audioinput", this.headset.track.getSettings().deviceId);
    fill("speakers", "audiooutput", this.chosen.speaker);
  }

  #choose(what) {
    Object.assign(this.chosen, what);
    localStorage.setItem(DEVICES, JSON.stringify(this.chosen));
  }

  // What the browser does to the sound, though it was asked not to, in plain words.
  #granted() {
    const on = Object.entries(this.headset.granted).filter(([, does]) => does);
    const sentences = on.length ? on.map(([name]) => say(`granted_${name}`)) : [say("granted_none")];
    if (BLUETOOTH.test(this.headset.track.label)) sentences.push(say("bluetooth"));
    $("granted").replaceChildren(...sentences.map(item));
  }

  #level(samples) {
    const power = samples.reduce((sum, value) => sum + (value / 32768) ** 2, 0) / samples.length;
    const db = Math.max(QUIETEST_DB, 10 * Math.log10(power + 1e-12));
    this.loudest = Math.max(this.loudest, db);
    $("level").style.setProperty("--share", 1 - db / QUIETEST_DB);
    if (++this.blocks % 50) return;
    $("level-said").textContent = say(this.loudest > -3 ? "level_loud" : this.loudest < -45 ? "level_quiet" : "level_good");
    this.loudest = QUIETEST_DB;
  }

  async #test() {
    $("test").disabled = true;
    $("leaks").textContent = say("testing");
    const { leaks } = await leak(this.headset);
    this.#choose({ leaks });
    $("leaks").textContent = say(leaks ? "leaks" : "leaks_not");
    $("test").disabled = false;
  }

  // How long the noise takes to the ear and back, with an ear cup held to the microphone: the shortest of three times,
  // because a busy machine only ever makes it longer.
  async #measure() {
    $("measure").disabled = true;
    $("round-trip").textContent = say("testing");
    const times = [];
    for (let time = 0; time < TIMES; time++) times.push((await leak(this.headset)).round_trip_s);
    const known = times.filter((one) => one !== null);
    const round_trip_s = known.length ? Math.min(...known) : null;
    if (round_trip_s !== null) this.#choose({ round_trip_s });
    this.headset.roundTrip = round_trip_s;
    const late = round_trip_s !== null && this.headset.latency > Number($("measure").dataset.late);
    const said = round_trip_s === null ? "round_trip_none" : late ? "round_trip_late" : "round_trip_good";
    $("round-trip").textContent = say(said, { seconds: (round_trip_s ?? 0).toFixed(2) });
    $("measure").disabled = false;
  }

  async #take() {
    await this.headset.close();
    this.headset = await Headset.open(this.chosen);
    const wire = (this.wire = new Wire(() => this.#hello()));
    sit(this.headset, wire);
    this.headset.addEventListener("lost", () => wire.say("microphone_lost"));
    const heard = { part: "part", progress: "progress", over: "over", failed: "failed", end: "ended" };
    for (const [event, method] of Object.entries(heard)) wire.addEventListener(event, ({ detail }) => this[method](detail));
    show("reading", PARTS);
    wire.connect();
  }

  #hello() {
    const { rate, name, latency, granted } = this.headset;
    return { work: "soundcheck", rate_hz: rate, microphone: name, output_latency_s: latency, granted };
  }

  part({ part }) {
    $("part-title").textContent = say(`part_${part}`);
    $("text").hidden = part !== "reading";
    $("progress").value = 0;
    $("part-title").focus();
  }

  progress({ share }) {
    $("progress").value = share;
  }

  over({ said }) {
    this.#result("checked", said);
  }

  failed({ problem }) {
    this.#result("not_checked", [problem]);
  }

  ended({ how, why }) {
    if (!this.told) this.#result("not_checked", [why || say(`end_${how}`)]);
  }

  #result(title, sentences) {
    this.told = true;
    this.headset.close();
    $("result-title").textContent = say(title);
    $("said").replaceChildren(...sentences.map(item));
    show("result", PARTS);
  }

  #problem(name) {
    $("problem").textContent = say(name);
    $("problem").hidden = false;
  }
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

new SoundCheck().start();

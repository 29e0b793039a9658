// The page of a call: the telephone rings, the trainee picks up, speaks and listens, and hangs up.
import { caption } from "./captions.js";
import { Figure } from "./figure.js";
import { Gauges } from "./gauges.js";
import { Headset, problemOf } from "./headset.js";
import { Options } from "./options.js";
import { Ring } from "./ring.js";
import { sit } from "./sitting.js";
import { $, insecure, say, show } from "./texts.js";
import { Wire } from "./wire.js";

const PARTS = ["briefing", "ringing", "talk"];
const GOING_ON = "trainer-call"; // in the tab's own storage: which call a reload goes on with

class Call {
  constructor(scenario) {
    this.scenario = scenario;
    this.options = new Options();
    this.figure = new Figure();
    this.gauges = new Gauges(["tempo", "pitch", "level"]);
    this.paused = false;
    this.line = 0;
  }

  start() {
    $("start").addEventListener("click", () => this.#ring());
    $("answer").addEventListener("click", () => this.#pickUp());
    $("hang-up").addEventListener("click", () => this.#hangUp());
    $("pause").addEventListener("click", () => this.#pause());
    $("repeat").addEventListener("click", () => this.#repeat());
    this.options.start(() => this.#talkKey());
    if (this.options.leaks) this.#problem("half_duplex");
    insecure();
    const left = JSON.parse(sessionStorage.getItem(GOING_ON) ?? "null");
    if (left?.scenario === this.scenario) this.#goOnAfterReload(left.sitting);
    else sessionStorage.removeItem(GOING_ON);
  }

  #goOnAfterReload(sitting) {
    $("start").textContent = say("go_on");
    $("going-on").hidden = false;
    this.sitting = sitting;
  }

  async #open() {
    $("start").disabled = true;
    try {
      this.headset = await Headset.open(this.options.headset);
      this.headset.addEventListener("lost", () => this.#lost());
      return true;
    } catch (problem) {
      this.#problem(problemOf(problem));
      return false;
    } finally {
      $("start").disabled = false;
    }
  }

  async #ring() {
    if (!(await this.#open())) return;
    if (this.sitting) return this.#pickUp();
    this.ring = new Ring(this.headset.context);
    show("ringing", PARTS);
    $("answer").focus();
    document.dispatchEvent(new CustomEvent("stage", { detail: "ringing" }));
  }

  #pickUp() {
    this.ring?.stop();
    document.body.classList.toggle("exam", this.options.exam);
    show("talk", PARTS);
    this.#status("connecting");
    const wire = (this.wire = new Wire(() => this.#hello()));
    wire.sitting = this.sitting ?? "";
    sit(this.headset, wire, (number) => this.#played(number));
    const heard = { welcome: "welcomed", stop: "stops", line: "says", phase: "phase", turn: "answered", went_on: "wentOn", gauges: "gauge", over: "over", failed: "failed", end: "ended" };
    for (const [event, method] of Object.entries(heard)) wire.addEventListener(event, ({ detail }) => this[method](detail));
    wire.connect();
  }

  #hello() {
    return {
      work: "call",
      scenario: this.scenario,
      difficulty: this.options.difficulty,
      exam: this.options.exam,
      half_duplex: this.options.leaks,
      rate_hz: this.headset.rate,
      microphone: this.headset.name,
      output_latency_s: this.headset.latency,
      granted: this.headset.granted,
      line: this.line,
    };
  }

  welcomed({ sitting }) {
    sessionStorage.setItem(GOING_ON, JSON.stringify({ sitting, scenario: this.scenario }));
    this.#talkKey();
  }

  #played(number) {
    this.line = number;
    this.#talkKey();
  }

  stops({ line }) {
    const sample = this.headset.fade();
    if (sample !== null) this.wire.stamp("ends", line, sample);
  }

  says({ text, anger }) {
    if (text === undefined) return;
    this.#caption("customer", text);
    this.figure.set(anger);
  }

  phase({ phase }) {
    $("sign").dataset.phase = phase;
    if (!this.paused) this.#status(`phase_${phase}`);
    if (phase === "customer") this.gauges.show({});
  }

  answered({ text, after, why }) {
    if (text === undefined) return;
    this.unfinished?.remove();
    this.unfinished = null;
    if (text) this.said = this.#caption("you", text);
    this.figure.set(after);
    $("why").textContent = why;
  }

  // The answer was not over: the next turn tells it again, whole.
  wentOn() {
    this.unfinished = this.said;
  }

  gauge(values) {
    this.gauges.show(values);
  }

  over({ attempt }) {
    this.attempt = attempt;
  }

  failed({ problem }) {
    this.#end(say("failed", { problem }));
  }

  ended({ how, why }) {
    if (this.attempt) {
      this.#close();
      location.assign(`/attempts/${encodeURIComponent(this.attempt)}`);
    } else this.#end(how === "refused" && why ? why : $("ended").textContent || say(`end_${how}`));
  }

  #hangUp() {
    this.#status("hanging_up");
    this.headset.fade();
    $("hang-up").disabled = true;
    this.wire.say("hang_up");
    if (this.paused) this.headset.resume();
  }

  async #pause() {
    this.paused = !this.paused;
    $("pause").setAttribute("aria-pressed", String(this.paused));
    $("pause").textContent = say(this.paused ? "resume" : "pause");
    if (this.paused) {
      await this.headset.pause();
      this.wire.say("pause", { paused: true });
      this.#status("paused");
    } else {
      this.wire.say("pause", { paused: false });
      await this.headset.resume();
      this.#status(`phase_${$("sign").dataset.phase || "waiting"}`);
    }
  }

  #repeat() {
    const line = this.headset.line;
    if (line) this.wire.stamp("starts", line.number, this.headset.play(line.number, line.pcm));
  }

  #talkKey() {
    const leaks = this.options.leaks && this.headset?.playing;
    this.headset?.mute(leaks || (this.options.keyed && !this.options.held));
    if (leaks) setTimeout(() => this.#talkKey(), 50);
  }

  #lost() {
    this.wire?.say("microphone_lost");
    this.#status("microphone_lost");
    if (!this.wire) this.#problem("no_microphone");
  }

  #caption(who, text) {
    return caption(who, text, say(who));
  }

  #status(name) {
    $("sign-text").textContent = say(name);
  }

  #problem(name) {
    $("problem").textContent = say(name);
    $("problem").hidden = false;
  }

  #close() {
    sessionStorage.removeItem(GOING_ON);
    this.headset.close();
  }

  #end(sentence) {
    this.#close();
    for (const id of ["controls", "away"]) $(id).hidden = true;
    $("sign-text").textContent = "";
    $("ended").textContent = sentence;
    $("over").hidden = false;
    $("over").focus();
  }
}

const call = new Call(document.body.dataset.scenario ?? $("main").querySelector("[data-scenario]").dataset.scenario);
call.start();

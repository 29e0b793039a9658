// Both voices of a call from one file, so that they are in time with each other: the customer left, the trainee right.
// Each is heard in both ears, a little to its side, and can be left out.
const SIDE = 0.35;

export class Player {
  constructor(sound, quiet) {
    this.sound = sound;
    this.quiet = quiet;
    this.skips = false;
    this.heard = { customer: true, trainee: true };
    sound.preservesPitch = true;
  }

  get at() {
    return this.wanted ?? this.sound.currentTime;
  }

  get paused() {
    return this.sound.paused;
  }

  async toggle() {
    if (!this.sound.paused) return this.sound.pause();
    this.#wire();
    if (this.context.state === "suspended") this.context.resume();
    await this.sound.play();
  }

  // Go to a moment; before the file's beginning is known, as soon as it is.
  seek(at) {
    const to = Math.max(0, Math.min(at, this.sound.duration || at));
    if (this.sound.readyState >= HTMLMediaElement.HAVE_METADATA) {
      this.sound.currentTime = to;
      return;
    }
    if (this.wanted === undefined)
      this.sound.addEventListener("loadedmetadata", () => {
        this.sound.currentTime = this.wanted;
        this.wanted = undefined;
      }, { once: true });
    this.wanted = to;
  }

  speed(times) {
    this.sound.defaultPlaybackRate = this.sound.playbackRate = times;
  }

  hear(who, heard) {
    this.heard[who] = heard;
    if (this.gains) this.gains[who].gain.value = heard ? 1 : 0;
  }

  // Where silence is skipped: over the stretch in which nobody speaks.
  skip() {
    if (!this.skips || this.sound.paused || this.sound.seeking) return;
    const at = this.sound.currentTime;
    const gap = this.quiet.find(([start, end]) => at >= start && at < end);
    if (gap) this.sound.currentTime = gap[1];
  }

  // A browser lets sound through only after somebody has touched the page, so this waits for the first play.
  #wire() {
    if (this.context) return;
    this.context = new AudioContext();
    const split = this.context.createChannelSplitter(2);
    this.context.createMediaElementSource(this.sound).connect(split);
    this.gains = {};
    for (const [channel, who, side] of [[0, "customer", -SIDE], [1, "trainee", SIDE]]) {
      const gain = new GainNode(this.context, { gain: this.heard[who] ? 1 : 0 });
      split.connect(gain, channel);
      gain.connect(new StereoPannerNode(this.context, { pan: side })).connect(this.context.destination);
      this.gains[who] = gain;
    }
  }
}

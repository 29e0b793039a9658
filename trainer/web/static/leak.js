// Do the headphones leak into the microphone? Half a second of noise is played, and looked for in what comes back.

const RATE_HZ = 16000;
const NOISE_S = 0.5;
const LATEST_S = 0.8; // Bluetooth there and back
const SOON_S = 0.05;
const BLOCK_S = 0.02;
const LEAKS_FROM = 0.1; // correlation; chance reaches 0.05 in 8000 samples looked at 12800 times
const LEVEL = 0.1;

// A noise that is the same each time, at 16 kHz (xorshift; Marsaglia, J. Stat. Soft. 8:14, 2003).
export function noise() {
  let state = 2463534242;
  return Float32Array.from({ length: NOISE_S * RATE_HZ }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return LEVEL * ((state >>> 0) / 2 ** 31 - 1);
  });
}

// How alike the noise is to the sound at its best place, 0 to 1, and how late that is (s).
export function found(sound, played) {
  let best = { alike: 0, late_s: 0 };
  const own = Math.sqrt(played.reduce((sum, value) => sum + value * value, 0));
  const last = Math.min(sound.length - played.length, LATEST_S * RATE_HZ);
  for (let at = 0; at <= last; at++) {
    let dot = 0;
    let energy = 1e-9;
    for (let i = 0; i < played.length; i++) {
      dot += sound[at + i] * played[i];
      energy += sound[at + i] ** 2;
    }
    const alike = Math.abs(dot) / (own * Math.sqrt(energy));
    if (alike > best.alike) best = { alike, late_s: at / RATE_HZ };
  }
  return best;
}

// Play the noise at the headset and look for it: does it come back, and how long is it on its way to the ear and back,
// on the context's own clock (null where it does not come back).
export async function leak(headset) {
  await headset.settled;
  const played = noise();
  const context = headset.context;
  const buffer = context.createBuffer(1, played.length, RATE_HZ);
  buffer.copyToChannel(played, 0);
  const heard = [];
  let first = null;
  const listen = ({ detail }) => {
    first ??= headset.blocks - 1;
    heard.push(...detail);
  };
  headset.addEventListener("block", listen);
  const source = new AudioBufferSourceNode(context, { buffer });
  const began = context.currentTime + SOON_S;
  source.connect(context.destination);
  source.start(began);
  await new Promise((resolve) => setTimeout(resolve, 1000 * (SOON_S + NOISE_S + LATEST_S + 0.1)));
  headset.removeEventListener("block", listen);
  const { alike, late_s } = found(Float32Array.from(heard, (value) => value / 32768), played);
  const leaks = alike >= LEAKS_FROM;
  return { leaks, round_trip_s: leaks ? Math.max(0, headset.began + first * BLOCK_S + late_s - began) : null };
}

// A headset at the end of a wire: what the microphone hears goes up, lines that come down are heard, and when.
import { $ } from "./texts.js";

const REST = 0; // the number of what sounds where no line is played

// `played` is told the number of every line that begins. A page that comes back goes on where it was.
export function sit(headset, wire, played = () => {}) {
  let listens = false;
  headset.addEventListener("block", ({ detail }) => wire.frame(detail));
  wire.addEventListener("away", () => ($("away").hidden = false));
  wire.addEventListener("welcome", ({ detail: { next, shift } }) => {
    $("away").hidden = true;
    if (listens) return void (headset.offset += shift);
    listens = true;
    headset.offset = next;
    headset.listen();
  });
  wire.addEventListener("sound", async ({ detail: { number, pcm } }) => {
    await headset.listening;
    if (number === REST) return headset.rest(pcm);
    wire.stamp("starts", number, headset.play(number, pcm));
    played(number);
  });
}

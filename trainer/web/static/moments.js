// Moments of a call: what is heard where a comment points to, and a comment that takes its moment from what is heard.

const sounds = [...document.querySelectorAll("audio[data-begins]")];

function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor((tenths % 600) / 10)).padStart(2, "0")}.${tenths % 10}`;
}

function hear(at) {
  const begun = sounds.filter((sound) => Number(sound.dataset.begins) <= at);
  const sound = begun.sort((a, b) => a.dataset.begins - b.dataset.begins).at(-1) ?? sounds[0];
  if (!sound) return;
  sounds.forEach((one) => one.pause());
  const seek = () => (sound.currentTime = Math.max(0, at - Number(sound.dataset.begins)));
  if (sound.readyState > 0) seek();
  else sound.addEventListener("loadedmetadata", seek, { once: true });
  sound.play();
  sound.focus();
}

function takes(button) {
  const heard = [...button.closest(".turn").querySelectorAll("audio[data-begins]")];
  const last = () => heard.find((one) => !one.paused) ?? heard.findLast((one) => one.currentTime > 0) ?? heard.at(-1);
  button.hidden = heard.length === 0;
  button.addEventListener("click", () => {
    const sound = last();
    button.form.elements[button.dataset.take].value = clock(Number(sound.dataset.begins) + sound.currentTime);
  });
}

document.querySelectorAll("[data-at]").forEach((one) => one.addEventListener("click", () => hear(Number(one.dataset.at))));
document.querySelectorAll("[data-take]").forEach(takes);

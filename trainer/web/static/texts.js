// The sentences of the catalogue that scripts show, out of the page.
const texts = JSON.parse(document.getElementById("texts")?.textContent ?? "{}");

export function say(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

export const $ = (id) => document.getElementById(id);

// Show one of several parts of a page, and hand the keyboard to its heading.
export function show(id, ids) {
  for (const one of ids) $(one).hidden = one !== id;
  $(id).querySelector("[tabindex='-1']")?.focus();
}

// Away from this machine a browser gives the microphone only over https: say so, and show the way to what IT must do.
export function insecure() {
  if (window.isSecureContext) return;
  $("problem").textContent = say("insecure");
  $("problem").hidden = $("insecure").hidden = false;
}

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

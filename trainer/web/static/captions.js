// A line of the captions: who says what.
import { $ } from "./texts.js";

export function caption(who, text, name) {
  const item = document.createElement("li");
  item.className = who;
  const label = document.createElement("span");
  label.className = "who";
  label.lang = document.documentElement.lang;
  label.textContent = name;
  item.append(label, document.createTextNode(text));
  $("captions").append(item);
  $("captions").scrollTop = $("captions").scrollHeight;
  return item;
}

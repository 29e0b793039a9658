// The cards of the warm-up, one at a time. Without this script they simply stand below each other.
import { $ } from "./texts.js";

const cards = [...$("cards").children];
let at = 0;

function show(place, told = true) {
  at = place;
  cards.forEach((card, number) => (card.hidden = number !== at));
  $("back").hidden = at === 0;
  $("next").hidden = at === cards.length - 1;
  $("skip").classList.toggle("main", at === cards.length - 1);
  if (told) cards[at].focus();
}

$("cards").classList.add("one");
$("back").addEventListener("click", () => show(at - 1));
$("next").addEventListener("click", () => show(at + 1));
show(0, false);

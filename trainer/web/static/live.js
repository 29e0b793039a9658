// What changes by itself on the pages of a course: parts of the page come down a WebSocket whole, and take their place.
const KEY = "trainer-course"; // in the browser's storage: the course that whoever is here takes part in
const AGAIN_MS = [500, 1000, 2000, 4000, 8000];
const NOT_HERE = 4404;

const parts = new Map([...document.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
const here = document.querySelector("[data-course]");
if (here && "follow" in here.dataset) localStorage.setItem(KEY, here.dataset.course);
const course = here?.dataset.course ?? localStorage.getItem(KEY);
let tries = 0;
let socket = null;

function connect() {
  const address = new URL(`/courses/${course}/live`, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  socket = new WebSocket(address);
  socket.onopen = () => socket.send(location.pathname);
  socket.onmessage = ({ data }) => Object.entries(JSON.parse(data)).forEach(([name, html]) => replace(name, html));
  socket.onclose = ({ code }) => {
    if (code === NOT_HERE || tries > 20) return localStorage.removeItem(KEY);
    setTimeout(connect, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
  };
}

// The keyboard stays where it was, and so does what somebody has chosen or typed and not sent yet.
function replace(name, html) {
  tries = 0;
  const part = parts.get(name);
  if (!part || part.innerHTML === html) return;
  const focus = part.contains(document.activeElement) ? document.activeElement.id : "";
  const chosen = [...part.querySelectorAll("select[id]")].map((one) => [one.id, one.value]);
  part.innerHTML = html;
  for (const [id, value] of chosen) {
    const again = document.getElementById(id);
    if (again && [...again.options].some((one) => one.value === value)) again.value = value;
  }
  if (focus) document.getElementById(focus)?.focus();
}

// A page says that something has begun on it: the telephone rings.
document.addEventListener("stage", ({ detail }) => socket?.readyState === WebSocket.OPEN && socket.send(detail));

if (course && parts.size) connect();

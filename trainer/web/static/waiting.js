// A page that is not ready yet is asked for again.
const EVERY_MS = 2000;

setTimeout(() => location.replace(location.pathname), EVERY_MS);

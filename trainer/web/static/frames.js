// Frames that nobody has acknowledged yet: in memory, and, those that wait for longer, in IndexedDB, where a reload
// finds them again.

const STORE = "frames";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("trainer", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Frames {
  static async of(sitting) {
    const database = await opened();
    const frames = new Frames(database, sitting);
    const store = database.transaction(STORE).objectStore(STORE);
    const [keys, values] = await Promise.all([done(store.getAllKeys(frames.range())), done(store.getAll(frames.range()))]);
    frames.waiting = keys.map(([, number], i) => ({ number, samples: new Int16Array(values[i]), stored: true }));
    return frames;
  }

  constructor(database, sitting) {
    this.database = database;
    this.sitting = sitting;
    this.waiting = [];
  }

  range(until = Infinity) {
    return IDBKeyRange.bound([this.sitting, 0], [this.sitting, until]);
  }

  get store() {
    return this.database.transaction(STORE, "readwrite").objectStore(STORE);
  }

  add(number, samples) {
    this.waiting.push({ number, samples, stored: false });
  }

  // Everything before `next` is kept elsewhere.
  kept(next) {
    if (this.waiting.some((frame) => frame.stored && frame.number < next)) this.store.delete(this.range(next - 1));
    this.waiting = this.waiting.filter((frame) => frame.number >= next);
  }

  // Give what waits the numbers from `next` on; how far it was moved.
  renumber(next) {
    this.kept(next);
    const shift = this.waiting.length ? next - this.waiting[0].number : 0;
    if (shift === 0) return 0;
    this.store.delete(this.range());
    this.waiting.forEach((frame, i) => Object.assign(frame, { number: next + i, stored: false }));
    return shift;
  }

  // Write down what has waited since the last time.
  write() {
    const fresh = this.waiting.filter((frame) => !frame.stored);
    if (!fresh.length) return;
    const store = this.store;
    for (const frame of fresh) {
      store.put(frame.samples.buffer, [this.sitting, frame.number]);
      frame.stored = true;
    }
  }

  forget() {
    this.waiting = [];
    this.store.delete(this.range());
  }
}

// As much of a browser as the keeping and the sending of records ask for, in memory: IndexedDB, locks, a cookie, and a server that answers as it is told. Run by WaitingTests.
const later = (act) => setTimeout(act, 0);

export const disk = new Map(); // database -> { version, stores: Map of store -> { key, rows } }
export const reads = { bodies: [], lists: 0, largest: 0 };

function request(act, transaction) {
  const made = {};
  if (transaction) transaction.open++;
  later(() => {
    made.result = act();
    made.onsuccess?.({ target: made });
    if (transaction) later(() => { if (--transaction.open === 0) transaction.oncomplete?.(); });
  });
  return made;
}

function store(stores, name, transaction) {
  const { key, rows } = stores.get(name);
  return {
    put: (value, id) => { const kept = structuredClone(value); return request(() => rows.set(key ? kept[key] : id, kept) && undefined, transaction); },
    delete: (id) => request(() => { rows.delete(id); }, transaction),
    get: (id) => request(() => { if (name.endsWith("-bodies")) reads.bodies.push(id); return structuredClone(rows.get(id)); }, transaction),
    getAll: () => request(() => {
      const all = structuredClone([...rows.values()]);
      reads.lists++;
      reads.largest = Math.max(reads.largest, ...all.map((row) => Object.values(row).reduce((sum, part) => sum + (part?.byteLength ?? 0), 0)), 0);
      return all;
    }, transaction),
    openCursor() {
      const ids = [...rows.keys()];
      const made = {};
      transaction.open++;
      const step = () => later(() => {
        const id = ids.shift();
        made.result = id === undefined ? null : { value: structuredClone(rows.get(id)), update: (value) => { rows.set(id, structuredClone(value)); }, continue: step };
        made.onsuccess?.({ target: made });
        if (id === undefined) later(() => { if (--transaction.open === 0) transaction.oncomplete?.(); });
      });
      step();
      return made;
    },
  };
}

const begun = (stores) => {
  const transaction = { open: 0, objectStore: (name) => store(stores, name, transaction) };
  return transaction;
};

globalThis.indexedDB = {
  open(name, version) {
    const made = {};
    later(() => {
      const known = disk.get(name) ?? { version: 0, stores: new Map() };
      disk.set(name, known);
      made.result = {
        createObjectStore: (store, { keyPath } = {}) => { known.stores.set(store, { key: keyPath, rows: new Map() }); },
        transaction: () => begun(known.stores), close() {},
      };
      const from = known.version;
      if (from >= version) return made.onsuccess?.({ target: made });
      made.transaction = begun(known.stores);
      made.transaction.open++;
      made.transaction.oncomplete = () => { known.version = version; made.onsuccess?.({ target: made }); };
      made.onupgradeneeded?.({ oldVersion: from, target: made });
      later(() => { if (--made.transaction.open === 0) made.transaction.oncomplete(); });
    });
    return made;
  },
};

const locks = new Set();
Object.defineProperty(globalThis, "navigator", { configurable: true, value: {
  onLine: true,
  locks: {
    async request(name, options, act) {
      if (locks.has(name)) return act(null);
      locks.add(name);
      try { return await act({}); } finally { locks.delete(name); }
    },
  },
} });
/** The browser ends: whoever held a lock holds it no more. */
export const kill = () => locks.clear();

globalThis.document = { cookie: "" };
globalThis.location = { protocol: "https:" };
globalThis.addEventListener = () => {};

/** The house: it knows a record by what it holds, and answers by the next of its moods. */
export function house(moods) {
  const kept = new Map();
  const seen = { posts: 0 };
  globalThis.fetch = async (_, { body }) => {
    const mood = moods.shift() ?? "answers";
    seen.posts++;
    if (mood === "no line") throw new TypeError("failed to fetch");
    const record = Buffer.from(body).toString("base64");
    const repeated = kept.has(record);
    if (mood !== "in trouble" && mood !== "guest network") kept.set(record, (kept.get(record) ?? 0) + (repeated ? 0 : 1));
    if (mood === "answer lost") throw new TypeError("network changed");
    if (mood === "killed") return new Promise(() => {});
    if (mood === "in trouble") return new Response("", { status: 503 });
    if (mood === "guest network") return new Response("<p>Welcome", { status: 200 });
    return Response.json({ outcome: "Accepted", repeated }, { status: 201 });
  };
  return { kept, seen };
}

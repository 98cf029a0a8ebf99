// What this device keeps (IndexedDB): finished records that wait, sealed so that nobody here can open them; and drafts, sealed under a passphrase. What is said of them lies apart from what
// they hold: a list of them never has more in memory than names and dates, and one record is read at a time, whatever waits.
let opened;

const kinds = { waiting: "envelope", drafts: "box" };
const bodiesOf = (name) => name + "-bodies";

const database = () => (opened ??= new Promise((resolve, reject) => {
  const request = indexedDB.open("amana-fill", 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    for (const name of Object.keys(kinds)) {
      if (oldVersion < 1) request.result.createObjectStore(name, { keyPath: "id" });
      request.result.createObjectStore(bodiesOf(name));
      if (oldVersion === 1) divide(request.transaction, name);
    }
  };
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close(); // a newer page opens it
    resolve(request.result);
  };
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(new Error("An older window of this page is open."));
}));

/** Records and drafts of an earlier page lay in one piece. */
function divide(transaction, name) {
  const heads = transaction.objectStore(name);
  const bodies = transaction.objectStore(bodiesOf(name));
  heads.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    const { head, body } = apart(name, cursor.value);
    bodies.put(body, head.id);
    cursor.update(head);
    cursor.continue();
  };
}

function apart(name, { [kinds[name]]: body, ...head }) {
  return { head: { ...head, size: body.byteLength }, body };
}

/** Resolves once the change is on the disk: a record counts as kept only then. */
async function change(names, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(names, "readwrite", { durability: "strict" });
    act(...names.map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

async function read(name, ask) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const request = ask(db.transaction(name).objectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const put = (name, entry, heads, bodies) => {
  const { head, body } = apart(name, entry);
  heads.put(head);
  bodies.put(body, head.id);
};

const shelf = (name) => ({
  put: (entry) => change([name, bodiesOf(name)], (heads, bodies) => put(name, entry, heads, bodies)),
  /** Changes what is said of one that is still there. */
  note: (head) => change([name], (heads) => { heads.get(head.id).onsuccess = ({ target }) => { if (target.result) heads.put(head); }; }),
  remove: (id) => change([name, bodiesOf(name)], (heads, bodies) => { heads.delete(id); bodies.delete(id); }),
  /** What is said of each, the oldest first. */
  all: async () => (await read(name, (s) => s.getAll())).sort((a, b) => a.at - b.at),
  /** What one holds. */
  body: (id) => read(bodiesOf(name), (s) => s.get(id)),
});

export const waiting = shelf("waiting");
export const drafts = shelf("drafts");

/** The finished record takes the place of its draft at once: there is never both, nor neither, whenever the browser ends. */
export const finishAs = (entry, draft) => change(["waiting", bodiesOf("waiting"), "drafts", bodiesOf("drafts")], (heads, bodies, from, boxes) => {
  put("waiting", entry, heads, bodies);
  from.delete(draft);
  boxes.delete(draft);
});

/** While records wait, leaving quickly must not have the browser forget them: the server reads this cookie at /exit and nowhere else. */
export async function remember() {
  const some = (await waiting.all()).length > 0;
  document.cookie = `amana-waiting=${some ? 1 : ""}; path=/exit; samesite=strict; max-age=${some ? 31536000 : 0}${location.protocol === "https:" ? "; secure" : ""}`;
}

// What this device keeps (IndexedDB): finished records that wait, sealed so that nobody here can open them; and drafts, sealed under a passphrase.
let opened;

const database = () => (opened ??= new Promise((resolve, reject) => {
  const request = indexedDB.open("amana-fill", 1);
  request.onupgradeneeded = () => { for (const name of ["waiting", "drafts"]) request.result.createObjectStore(name, { keyPath: "id" }); };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
}));

/** Resolves once the change is on the disk: a record counts as kept only then. */
async function change(names, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(names, "readwrite", { durability: "strict" });
    act(...[names].flat().map((name) => transaction.objectStore(name)));
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

async function all(name) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const request = db.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => resolve(request.result.sort((a, b) => a.at - b.at));
    request.onerror = () => reject(request.error);
  });
}

const shelf = (name) => ({
  put: (entry) => change(name, (s) => s.put(entry)),
  remove: (id) => change(name, (s) => s.delete(id)),
  all: () => all(name),
});

export const waiting = shelf("waiting");
export const drafts = shelf("drafts");

/** The finished record takes the place of its draft at once: there is never both, nor neither, whenever the browser ends. */
export const finishAs = (entry, draft) => change(["waiting", "drafts"], (to, from) => { to.put(entry); from.delete(draft); });

/** While records wait, leaving quickly must not have the browser forget them: the server reads this cookie at /exit and nowhere else. */
export async function remember() {
  const some = (await waiting.all()).length > 0;
  document.cookie = `amana-waiting=${some ? 1 : ""}; path=/exit; samesite=strict; max-age=${some ? 31536000 : 0}${location.protocol === "https:" ? "; secure" : ""}`;
}

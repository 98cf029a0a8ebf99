// Drafts: what is not finished yet, sealed with AES-256-GCM under a key from the person's passphrase (PBKDF2 with SHA-256, 600,000 rounds). The key is never written and never leaves the browser's own keeping.
import { drafts } from "./store.js";
import { join, pack } from "./sealing.js";

const rounds = 600_000;
const fresh = (length) => crypto.getRandomValues(new Uint8Array(length));

/** The lock of a draft: a key that cannot be read out, with the salt that it was made with. */
export async function lockOf(passphrase, salt = fresh(16)) {
  const words = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return { key, salt };
}

/** Takes the draft for this window until the function that comes back is called; null when another window has it open. */
export function take(id) {
  return new Promise((resolve) => {
    navigator.locks.request("amana-draft-" + id, { ifAvailable: true }, (mine) => (mine ? new Promise((release) => resolve(release)) : resolve(null)));
  });
}

/** Keeps a snapshot under the lock, in place of an earlier one of the same draft. */
export async function keep(draft, lock, snapshot) {
  const iv = fresh(12);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(draft) }, lock.key, await pack(snapshot));
  await drafts.put({ id: draft.id, activity: draft.activity, form: draft.form, language: draft.language, at: Date.now(), salt: lock.salt, iv, box });
}

/** Opens a draft; null when the passphrase is not the one it was kept with. */
export async function reopen(entry, passphrase) {
  const lock = await lockOf(passphrase, entry.salt);
  try {
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: entry.iv, additionalData: bound(entry) }, lock.key, entry.box);
    return { lock, ...unpack(new Uint8Array(opened)) };
  } catch {
    return null;
  }
}

const bound = (draft) => join(new TextEncoder().encode(`amana draft 1\n${draft.id}\n${draft.form}`));

function unpack(bytes) {
  const length = new DataView(bytes.buffer).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let at = 4 + length;
  const take = (size) => bytes.slice(at, (at += size));
  const xml = new TextDecoder().decode(take(list.xml));
  return { xml, files: list.files.map((f) => new File([take(f.size)], f.name, { type: f.type })) };
}

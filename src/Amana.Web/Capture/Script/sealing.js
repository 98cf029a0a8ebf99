// Seals a finished record to the activity's public key: HPKE (RFC 9180) in base mode with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, all of it WebCrypto.
// The sender's half is thrown away, so that this device cannot open what it sealed. The server's side is SealedRecord and Hpke.
const utf8 = (text) => new TextEncoder().encode(text);
const magic = utf8("AMR1");
const use = utf8("amana finished record 1");
const kem = Uint8Array.of(...utf8("KEM"), 0, 0x10);
const suite = Uint8Array.of(...utf8("HPKE"), 0, 0x10, 0, 1, 0, 2);
const none = new Uint8Array();

/** The envelope of a record {xml, files} for the key {id, point}, both base64. */
export async function seal(key, record) {
  const point = bytesOf(key.point);
  const header = join(magic, bytesOf(key.id));
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const receiver = await crypto.subtle.importKey("raw", point, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const encapsulated = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const agreed = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: receiver }, pair.privateKey, 256));
  const shared = await expand(kem, await extract(kem, none, "eae_prk", agreed), "shared_secret", join(encapsulated, point), 32);
  const context = join(Uint8Array.of(0), await extract(suite, none, "psk_id_hash", none), await extract(suite, none, "info_hash", use));
  const secret = await extract(suite, shared, "secret", none);
  const aes = await crypto.subtle.importKey("raw", await expand(suite, secret, "key", context, 32), "AES-GCM", false, ["encrypt"]);
  const iv = await expand(suite, secret, "base_nonce", context, 12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: header }, aes, await pack(record));
  return join(header, encapsulated, new Uint8Array(sealed));
}

/** List, XML and files one after another, filled up with zeroes so that the size tells little: 4, 16, 64 kilobytes, then whole 64. */
export async function pack({ xml, files }) {
  const text = utf8(xml);
  const contents = await Promise.all(files.map(async (f) => new Uint8Array(await f.arrayBuffer())));
  const list = utf8(JSON.stringify({ xml: text.length, files: files.map((f, i) => ({ name: f.name, type: f.type || "application/octet-stream", size: contents[i].length })) }));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, list.length);
  const all = join(size, list, text, ...contents);
  const step = 65536;
  const room = [4096, 16384].find((b) => b >= all.length) ?? Math.ceil(all.length / step) * step;
  return join(all, new Uint8Array(room - all.length));
}

const extract = (of, salt, label, material) => hmac(salt.length ? salt : new Uint8Array(32), join(utf8("HPKE-v1"), of, utf8(label), material));

// One round of HKDF-Expand gives 32 bytes, which is the most that is asked.
async function expand(of, key, label, info, length) {
  const round = await hmac(key, join(Uint8Array.of(0, length), utf8("HPKE-v1"), of, utf8(label), info, Uint8Array.of(1)));
  return round.slice(0, length);
}

async function hmac(key, content) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, content));
}

export function join(...parts) {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

// Sends what waits, one after another, from one window at a time. The server knows a record by its instance id, so that sending twice keeps one.
import { remember, waiting } from "./store.js";

const first = 5_000;
const longest = 10 * 60_000;

/** How long to wait after so many failed tries: twice as long each time up to ten minutes, each a little different. */
export const pause = (tries, chance = Math.random()) => Math.min(longest, first * 2 ** Math.min(tries, 12)) * (0.75 + chance / 2);

/** tell({waiting, held, sending, of, signIn, offline, received}) is called whenever something changes. */
export function sender(tell) {
  let timer;

  async function run(now = false) {
    clearTimeout(timer);
    await navigator.locks.request("amana-sending", { ifAvailable: true }, async (mine) => { if (mine) await sendAll(now); });
    await say({});
    await plan();
  }

  async function sendAll(now) {
    const due = (await waiting.all()).filter((e) => now || (!e.held && e.next <= Date.now()));
    for (const [index, entry] of due.entries()) {
      await say({ sending: index + 1, of: due.length });
      const answer = await post(entry);
      if (answer.received) {
        await waiting.remove(entry.id);
        await remember();
        await say({ received: answer.received });
      } else if (answer.signIn) {
        return say({ signIn: true });
      } else if (answer.held) {
        await waiting.put({ ...entry, held: answer.held });
      } else {
        await waiting.put({ ...entry, held: undefined, tries: entry.tries + 1, next: Date.now() + pause(entry.tries) });
        if (answer.offline) return say({ offline: true });
      }
    }
  }

  async function say(news) {
    const entries = await waiting.all();
    tell({ waiting: entries.length, held: entries.filter((e) => e.held).map((e) => e.held), ...news });
  }

  async function plan() {
    const next = Math.min(...(await waiting.all()).filter((e) => !e.held).map((e) => e.next));
    if (Number.isFinite(next)) timer = setTimeout(() => run(), Math.max(1_000, next - Date.now()));
  }

  addEventListener("online", () => run(true));
  return { run, say };
}

async function post(entry) {
  let response;
  try {
    response = await fetch(entry.send, { method: "POST", headers: { "content-type": "application/octet-stream", accept: "application/json" }, body: entry.envelope, credentials: "same-origin", redirect: "error", cache: "no-store" });
  } catch {
    return { offline: true };
  }
  if (response.ok) return { received: await response.json() };
  if (response.status === 401) return { signIn: true };
  if (response.status === 429 || response.status >= 500) return {};
  const problem = await response.json().catch(() => ({}));
  return { held: problem.type?.replace("urn:amana:refusal:", "") ?? String(response.status) };
}

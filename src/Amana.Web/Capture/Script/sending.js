// Sends what waits, one after another, from one window at a time. The server knows a record by its instance id, so that sending twice keeps one.
import { remember, waiting } from "./store.js";

const first = 5_000;
const longest = 10 * 60_000;

/** How long to wait after so many failed tries: twice as long each time up to ten minutes, each a little different. */
export const pause = (tries, chance = Math.random()) => Math.min(longest, first * 2 ** Math.min(tries, 12)) * (0.75 + chance / 2);

/** What is due now. A moment further away than any pause was written by a clock that went wrong since, and counts for nothing. */
export const isDue = (entry, now = Date.now()) => !entry.held && (entry.next <= now || entry.next - now > 2 * longest);

/** tell({waiting, held, sending, of, signIn, offline, received}) is called whenever something changes. */
export function sender(tell) {
  let timer;

  async function run(now = false) {
    clearTimeout(timer);
    let stopped = {}; // why no more was sent: it stands on the page until the next try
    await navigator.locks.request("amana-sending", { ifAvailable: true }, async (mine) => { if (mine) stopped = (await sendAll(now)) ?? {}; });
    await say(stopped);
    await plan(stopped.rest ?? 0);
  }

  async function sendAll(now) {
    const due = (await waiting.all()).filter((e) => now || isDue(e));
    for (const [index, entry] of due.entries()) {
      await say({ sending: index + 1, of: due.length });
      const answer = await post(entry, await waiting.body(entry.id)); // one record in memory at a time, however many wait
      if (answer.received) {
        await waiting.remove(entry.id);
        await remember();
        await say({ received: answer.received });
      } else if (answer.held) {
        await waiting.note({ ...entry, held: answer.held });
      } else {
        const rest = pause(entry.tries);
        await waiting.note({ ...entry, held: undefined, tries: entry.tries + 1, next: Date.now() + rest });
        if (answer.offline || answer.signIn) return { ...answer, rest }; // the others would fare alike
      }
    }
  }

  async function say(news) {
    const entries = await waiting.all();
    tell({ waiting: entries.length, held: entries.filter((e) => e.held).map((e) => e.held), ...news });
  }

  async function plan(rest) {
    const open = (await waiting.all()).filter((e) => !e.held);
    const next = Math.min(...open.map((e) => (isDue(e) ? 0 : e.next - Date.now())));
    if (open.length) timer = setTimeout(() => run(), Math.max(1_000, rest, next));
  }

  addEventListener("online", () => run(true));
  return { run, say };
}

async function post(entry, envelope) {
  let response;
  try {
    response = await fetch(entry.send, { method: "POST", headers: { "content-type": "application/octet-stream", accept: "application/json" }, body: envelope, credentials: "same-origin", redirect: "error", cache: "no-store" });
  } catch {
    return { offline: true };
  }
  return read(response.status, await response.json().catch(() => ({})));
}

/** What an answer means. Only words of the house itself end a record's waiting or hold it: a page that stands between, such as a hotel's sign-in, answers 200 or 403 as well, and then it is tried again later. */
export function read(status, told) {
  if (status >= 200 && status < 300) return told?.outcome ? { received: told } : {};
  if (status === 401) return { signIn: true };
  if (status === 413) return { held: "413" };
  const ours = /^urn:amana:refusal:(.+)$/.exec(told?.type ?? "")?.[1];
  return ours && status !== 429 && status < 500 ? { held: ours } : {};
}

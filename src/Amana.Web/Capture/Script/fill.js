// The page of a form: notice, questions, finishing, and what waits to be sent. What is finished is sealed and lies on the disk before anything says that it is kept.
import { open } from "./engine.js";
import { keep, lockOf, reopen, take } from "./drafts.js";
import { exits, watch } from "./guard.js";
import { seal } from "./sealing.js";
import { sender } from "./sending.js";
import { makeReady } from "./shell.js";
import { drafts, finishAs, remember, waiting } from "./store.js";

const byId = (id) => document.getElementById("fill-" + id);
const page = document.getElementById("fill");
page.hidden = false; // nothing of it works without script, so nothing of it shows
const config = JSON.parse(page.dataset.fill);
const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), config.words[key] ?? key);
const bare = (text) => Object.assign(document.createElement("p"), { textContent: text });
const sections = ["start", "work", "locked", "done"];
const show = (name) => { for (const s of sections) byId(s).hidden = s !== name; byId(name).querySelector("h2")?.focus(); };
const idle = config.idle * 1_000;
const warning = Math.min(60_000, idle / 2);

/** The record that is being filled: form, language, its draft's id and lock, the engine's door, the watch. */
let now = null;

exits(document.querySelectorAll("[data-exit]"), config);
const line = sender(report);

// --- beginning ---

const chosenForm = () => config.forms.find((f) => f.id === byId("form").value) ?? config.forms[0];

function languageChanged() {
  const tag = byId("language").value;
  const { rtl } = config.languages.find((l) => l.tag === tag) ?? {};
  for (const notice of page.querySelectorAll("[data-notice]")) notice.hidden = notice.dataset.notice !== tag;
  Object.assign(byId("engine"), { lang: tag, dir: rtl ? "rtl" : "ltr" });
  if (now) { now.language = tag; now.door?.speak(now.form.languages[tag]); }
}

async function begin() {
  const words = byId("passphrase").value;
  if (words && words.length < 8) return complain("passphrase", say("passphraseShort"));
  const lock = words ? await lockOf(words) : null;
  byId("passphrase").value = "";
  const id = crypto.randomUUID();
  await start({ id, form: chosenForm(), language: byId("language").value, lock, release: await take(id) });
}

async function start(record, draft) {
  now = record;
  show("work");
  byId("waitengine").hidden = false;
  const xml = await fetch(record.form.xml, { credentials: "same-origin" }).then((r) => (r.ok ? r.text() : Promise.reject(new Error(String(r.status)))));
  now.door = await open(config.engine, byId("engine"), {
    xml, language: record.form.languages[record.language], tag: record.language, words: config.engineWords[record.language] ?? config.engineWords.en,
    media: (url) => media(record.form, String(url)), draft, onFinished: finished, onFailed: failed, onDrawing: drawing,
  });
  byId("waitengine").hidden = true;
  byId("faults").hidden = true;
  offerLanguages(record);
  for (const id of ["draft", "lock"]) byId(id).hidden = !now.lock;
  guard();
  if (now.lock) now.saving = setInterval(() => saveDraft().catch(notSaved), 20_000);
}

/** A long form: how many questions are still to come, until all stand there. */
function drawing(left) {
  byId("drawing").hidden = !left;
  byId("drawing").textContent = left ? say("drawing", { n: left }) : "";
}

/** The person who answers may change in the middle of a form: the languages that the form speaks stand above the questions. */
function offerLanguages({ form, language }) {
  const speak = byId("speak");
  for (const option of speak.options) option.hidden = option.disabled = !form.languages[option.value];
  speak.value = language;
  speak.parentElement.hidden = [...speak.options].filter((o) => !o.disabled).length < 2;
}

function media(form, url) {
  const name = decodeURIComponent(url.split("/").pop());
  const file = form.files.find((f) => f.name === name);
  return file ? fetch(file.url, { credentials: "same-origin" }) : Promise.resolve(new Response("", { status: 404 }));
}

// --- filling ---

function guard() {
  now.watch = watch({
    idle, warning,
    onWarn: () => { byId("idle").hidden = false; byId("idle").textContent = say(now.lock ? "idleLocks" : "idleClears"); },
    onBack: () => { byId("idle").hidden = true; },
    onIdle: () => { byId("idle").hidden = true; (now.lock ? lockAnyhow() : clear("cleared")).catch(failed); },
  });
}

async function saveDraft() {
  if (!now?.lock || !now.door) return;
  await keep({ id: now.id, activity: config.activity, form: now.form.id, language: now.language }, now.lock, await now.door.snapshot());
}

/** The device has no room: nothing is cleared, and the person is told before the next save. */
function notSaved(error) {
  console.error(error);
  byId("faults").hidden = false;
  byId("faults").textContent = say("notKept");
}

/** Nobody touches the page: it locks even where the device has no room for the newest answers; the draft is then as it was last kept. */
async function lockAnyhow() {
  try {
    await lock();
  } catch (error) {
    notSaved(error);
    const { id } = now;
    if (!(await drafts.all()).some((d) => d.id === id)) return clear("cleared");
    leave();
    await offer(id);
  }
}

/** Seals what is there, empties the page and forgets the key: only the passphrase brings it back. */
async function lock() {
  await saveDraft();
  const id = now.id;
  leave();
  await offer(id);
}

/** Without a passphrase nothing may stay: what was typed is cleared, and the page says why. */
async function clear(why) {
  leave();
  show("start");
  byId("note").replaceChildren(...(why ? [bare(say(why))] : []));
  await listDrafts();
}

function leave() {
  clearInterval(now?.saving);
  now?.watch?.stop();
  now?.door?.close();
  now?.release?.();
  now = null;
  drawing(0);
  byId("engine").replaceChildren();
}

async function finish() {
  const faults = await now.door.finish();
  const box = byId("faults");
  box.hidden = !faults;
  box.textContent = faults ? say("faults", { n: faults }) : "";
  if (faults) box.focus();
}

/** Sealed, on the disk, and only then gone from the screen. */
async function finished(record) {
  if (!now || now.finishing) return;
  now.finishing = true;
  try {
    const envelope = await seal(config.key, record);
    if (envelope.length > config.most) throw Object.assign(new Error("too large"), { key: "tooLarge" });
    await finishAs({ id: crypto.randomUUID(), activity: config.activity, send: config.send, at: Date.now(), tries: 0, next: Date.now(), envelope }, now.id);
    await remember();
  } catch (error) {
    now.finishing = false;
    byId("faults").hidden = false;
    byId("faults").textContent = say(error.key ?? "notKept");
    return;
  }
  leave();

  show("done");
  await listDrafts();
  navigator.storage?.persist?.();
  await line.run(true);
}

function failed(error) {
  console.error(error);
  byId("waitengine").hidden = true;
  byId("faults").hidden = false;
  byId("faults").textContent = say("failed");
}

// --- drafts ---

async function listDrafts() {
  const mine = (await drafts.all()).filter((d) => d.activity === config.activity);
  byId("drafts").hidden = !mine.length;
  byId("draftlist").replaceChildren(...mine.map((d) => {
    const item = document.createElement("li");
    const open = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: say("draftOf", { when: new Date(d.at).toLocaleString(document.documentElement.lang) }) });
    open.addEventListener("click", () => offer(d.id));
    item.append(open);
    return item;
  }));
}

async function offer(id) {
  byId("locked").dataset.draft = id;
  byId("unlockwords").value = "";
  byId("unlockerror").hidden = true;
  show("locked");
}

async function unlock() {
  const id = byId("locked").dataset.draft;
  const release = await take(id);
  if (!release) return complain("unlock", say("draftElsewhere"));
  const entry = (await drafts.all()).find((d) => d.id === id);
  const form = config.forms.concat(config.older).find((f) => f.id === entry?.form);
  const opened = entry && form ? await reopen({ ...entry, box: await drafts.body(id) }, byId("unlockwords").value) : null;
  byId("unlockwords").value = "";
  if (!opened) {
    release();
    return complain("unlock", say(!entry ? "draftGone" : form ? "passphraseWrong" : "formGone"));
  }

  byId("language").value = entry.language;
  languageChanged();
  await start({ id, form, language: entry.language, lock: opened.lock, release }, opened);
}

async function discard() {
  if (!confirm(say("discardSure"))) return;
  await drafts.remove(byId("locked").dataset.draft);
  show("start");
  await listDrafts();
}

function complain(field, words) {
  const box = byId(field + "error");
  box.hidden = false;
  box.textContent = words;
  byId(field === "unlock" ? "unlockwords" : field).focus();
}

// --- what waits ---

function report(state) {
  const parts = [navigator.onLine && !state.offline ? say("online") : say("offline")];
  if (state.sending) parts.push(say("sending", { n: state.sending, of: state.of }));
  else if (state.waiting) parts.push(say("waiting", { n: state.waiting }));
  byId("line").textContent = parts.join(" · ");
  byId("send").hidden = !state.waiting || !!state.sending;
  byId("progress").hidden = !state.sending;
  if (state.sending) Object.assign(byId("progress"), { value: state.sending - 1, max: state.of });
  byId("signin").hidden = !state.signIn;
  byId("held").hidden = !state.held?.length;
  byId("heldwhy").textContent = [...new Set(state.held ?? [])].map((h) => say("held." + h) === "held." + h ? say("held") : say("held." + h)).join(" ");
  if (state.received) receive(state.received);
}

function receive({ outcome, receiptCode }) {
  const box = document.createElement("div");
  box.className = "notice " + ({ Accepted: "met", Quarantined: "due", Held: "due" }[outcome] ?? "na");
  box.append(bare(say("received." + outcome)));
  if (receiptCode) {
    const code = Object.assign(document.createElement("strong"), { className: "receipt", dir: "ltr", textContent: receiptCode });
    const words = bare(say("receipt") + " ");
    words.append(code);
    box.append(words, bare(say("receiptHint")));
  }
  byId("results").append(box);
  byId("received").hidden = false;
}

// --- wiring ---

const on = (id, act) => byId(id)?.addEventListener("click", () => act().catch(failed));
on("begin", begin);
on("finish", finish);
on("draft", () => saveDraft().then(() => { byId("saved").textContent = say("saved"); }, notSaved));
on("lock", () => lock().catch(notSaved));
on("unlock", unlock);
on("discard", discard);
on("send", () => line.run(true));
on("next", async () => { byId("results").replaceChildren(); byId("received").hidden = true; show("start"); await listDrafts(); });
on("leave", async () => { if (!confirm(say("leaveSure"))) return; if (now?.lock && now.door) await drafts.remove(now.id); await clear(); });
byId("language").addEventListener("change", languageChanged);
byId("speak").addEventListener("change", () => { byId("language").value = byId("speak").value; languageChanged(); });
addEventListener("offline", () => line.say({}));
addEventListener("beforeunload", (event) => { if (now?.door && !now.lock) event.preventDefault(); });

languageChanged();
await listDrafts();
page.dataset.open = "yes";
await remember();
await line.run().catch(failed);
if (config.forms.length) {
  const ready = await makeReady(config.files).catch(() => false);
  byId("ready").textContent = say(ready ? "ready" : "notReady");
  page.dataset.ready = ready ? "yes" : "no";
}

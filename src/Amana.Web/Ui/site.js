// Enhancement only: every page works without this file.
import htmx from "htmx.org";

htmx.config.history = "reload"; // pages with data are never kept in the browser
const byId = (id) => document.getElementById(id);
const say = (shown) => { const waiting = byId("waiting"); if (waiting) waiting.hidden = !shown; };

const toErrors = () => byId("errors")?.focus();
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", toErrors); else toErrors();

// A dropped line says so, and what was typed stays on the page until it is saved.
document.addEventListener("htmx:error", () => say(true));
document.addEventListener("htmx:after:request", (event) => { if (event.detail?.ctx?.response?.raw?.ok ?? true) say(false); });
addEventListener("offline", () => say(true));
addEventListener("online", () => say(false));

// "/" goes to the page's search field, unless someone is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("input[type=search]");
  if (search) { event.preventDefault(); search.focus(); }
});
for (const button of document.querySelectorAll("[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }

// A desk that nobody sits at locks itself: what is on the screen goes, and the session opens nothing until its owner shows again who they are.
const lock = document.querySelector("form[data-lock]");
if (lock) {
  const idle = 15 * 60_000;
  let timer;
  const again = () => { clearTimeout(timer); timer = setTimeout(() => { document.body.replaceChildren(lock); lock.hidden = true; lock.submit(); }, idle); };
  for (const kind of ["keydown", "pointerdown", "scroll"]) addEventListener(kind, again, { passive: true });
  again();
}

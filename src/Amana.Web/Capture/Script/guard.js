// Watches over an open form: a device that nobody touches locks itself, and one tap leaves at once.

/** Calls onWarn some time before, and onIdle when nobody touched the page for so long; also when the device slept meanwhile. */
export function watch({ idle, warning, onWarn, onIdle, onBack }) {
  let last = Date.now();
  let warned = false;
  const touched = () => { last = Date.now(); if (warned) { warned = false; onBack(); } };
  const look = () => {
    const quiet = Date.now() - last;
    if (quiet >= idle) { stop(); onIdle(); }
    else if (quiet >= idle - warning && !warned) { warned = true; onWarn(); }
  };
  const kinds = ["keydown", "pointerdown", "wheel", "touchstart"];
  for (const kind of kinds) addEventListener(kind, touched, { passive: true, capture: true });
  const seen = () => { if (!document.hidden) look(); };
  document.addEventListener("visibilitychange", seen);
  const timer = setInterval(look, 1_000);
  function stop() {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
    for (const kind of kinds) removeEventListener(kind, touched, { capture: true });
  }
  return { stop };
}

/** Leaves: the screen is emptied first, then the browser goes to an everyday page, or to an empty one when there is no line. Three times Escape does the same. */
export function exits(links, { exit, away }) {
  const leave = (event) => {
    event?.preventDefault();
    document.title = " ";
    document.body.replaceChildren();
    location.replace(navigator.onLine ? exit : away);
  };
  for (const link of links) link.addEventListener("click", leave);
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((t) => Date.now() - t < 1_500), Date.now()];
    if (presses.length >= 3) leave();
  });
}

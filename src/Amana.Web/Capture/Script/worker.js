// The service worker of the form pages (scope /fill/). It keeps nothing by itself: it answers from the copies that the page made, and lets everything else pass.
const shelf = "amana-fill-1";
const patience = 6_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith("/fill/")) event.respondWith(page(request, url.pathname));
  else if (url.pathname.startsWith("/dist/") || (url.pathname.startsWith("/fill/") && url.pathname.includes("/forms/"))) event.respondWith(copyFirst(request));
});

/** The page as it is now; the copy when there is no line, no answer in time, or the server is in trouble. */
async function page(request, path) {
  const cache = await caches.open(shelf);
  const copy = await cache.match(path);
  try {
    const answer = await (copy ? Promise.race([fetch(request), late()]) : fetch(request));
    if (answer.status === 404 || answer.status === 410) await cache.delete(path);
    return answer.status >= 500 && copy ? copy : answer;
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}

async function copyFirst(request) {
  const cache = await caches.open(shelf);
  return (await cache.match(request)) ?? fetch(request);
}

const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), patience));

// Makes the page open without a line: the service worker answers for the form pages alone, from copies that are made here. Copies hold blank forms, never answers.
const shelf = "amana-fill-1";

/** Resolves to true once everything that the page needs lies on this device. */
export async function makeReady(files) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  await navigator.serviceWorker.register("/fill/worker.js", { scope: "/fill/" });
  const cache = await caches.open(shelf);
  const page = await fetch(location.pathname, { headers: { accept: "text/html" }, cache: "no-store" }).catch(() => null);
  if (page?.ok && !page.redirected) await cache.put(location.pathname, page);
  await Promise.all(files.map(async (url) => { if (!(await cache.match(url))) await cache.add(url); }));
  await forgetOld(cache, files);
  await navigator.serviceWorker.ready;
  return true;
}

/** Files of an earlier version of the pages go; forms stay, since a page of another activity may still need them. */
async function forgetOld(cache, files) {
  const known = new Set(files.map((f) => new URL(f, location.href).href));
  for (const request of await cache.keys())
    if (new URL(request.url).pathname.startsWith("/dist/") && !known.has(request.url)) await cache.delete(request);
}

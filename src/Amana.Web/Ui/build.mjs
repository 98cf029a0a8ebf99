// Bundles the pages' style and script into wwwroot/dist, with a Brotli and a gzip copy beside each file.
// The host embeds what lies there, so that the product is one assembly wherever it is started from.
import { build } from "esbuild";
import { fitEngine } from "./build-engine.mjs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ui = dirname(fileURLToPath(import.meta.url));
const dist = join(ui, "..", "wwwroot", "dist");
const compressible = /\.(css|js|svg|json|webmanifest)$/;

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

await build({
  entryPoints: [join(ui, "site.css"), join(ui, "site.js"), join(ui, "..", "Accounts", "passkey.js")],
  outdir: dist,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16"],
  legalComments: "none",
  logLevel: "warning",
});

// The page of a form: a small script, and the engine in parts of their own that only that page asks for. Their names carry the hash of what is in them.
const capture = join(ui, "..", "Capture");
const texts = JSON.parse(readFileSync(join(capture, "texts.json"), "utf8"));
const engineWords = Object.entries(texts).filter(([key]) => key.startsWith("fill.engine.")).map(([, words]) => words.en).concat("Condition not satisfied: required", "Condition not satisfied: constraint");
await build({
  entryPoints: [join(capture, "Script", "fill.js")],
  outdir: dist,
  bundle: true,
  minify: true,
  splitting: true,
  chunkNames: "fill-[hash]",
  format: "esm",
  target: ["es2022"],
  alias: { "amana-engine-words": join(capture, "Script", "engine-words.js") },
  define: { __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false", "process.env.NODE_ENV": '"production"' },
  plugins: [fitEngine(dist, engineWords)],
  legalComments: "none",
  logLevel: "warning",
});
await build({
  entryPoints: { "fill-worker": join(capture, "Script", "worker.js"), "fill-page": join(capture, "fill.css") },
  outdir: dist,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  legalComments: "none",
  logLevel: "warning",
});

for (const name of readdirSync(join(ui, "Images"))) copyFileSync(join(ui, "Images", name), join(dist, name));

for (const name of readdirSync(dist)) {
  const path = join(dist, name);
  if (!statSync(path).isFile() || !compressible.test(name)) continue;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

// Fits @getodk/web-forms to a strict policy and to our languages while it is bundled: its style goes into a file of its own (without the web fonts that it carries),
// style elements that it makes at run time carry the page's nonce, and its English words are looked up in the page's texts.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { transform } from "esbuild";

const entry = /@getodk[\\/]web-forms[\\/]dist[\\/]index\.js$/;
const parts = /@getodk[\\/]web-forms[\\/]dist[\\/](index-|MapBlock-)[^\\/]+\.js$/;
const injected = /\(function\(\)\{"use strict";try\{if\(typeof document<"u"\)\{var \w+=document\.createElement\("style"\);\w+\.appendChild\(document\.createTextNode\('((?:\\.|[^'\\])*)'\)\).*?\}\)\(\);/s;

/** The engine resets the style of whole pages; here it may do so inside of the form alone. */
function scoped(source) {
  const reset = "textContent = resetStyles";
  if (!source.includes(reset)) throw new Error("The engine no longer resets the page's style where it did: look at build-engine.mjs.");
  return source.replace(reset, 'textContent = ":where(#fill-engine) {" + resetStyles.replace(/(html|body)\\s*\\{[^}]*\\}/g, "") + "}"');
}

const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @param dist where the style is written @param words English words of the engine that have a text of ours */
export function fitEngine(dist, words) {
  return {
    name: "fit-engine",
    setup(build) {
      const found = new Set();
      build.onLoad({ filter: entry }, async ({ path }) => {
        const source = readFileSync(path, "utf8");
        const style = injected.exec(source);
        if (!style) throw new Error("The engine no longer carries its style where it did: look at build-engine.mjs.");
        const css = runInNewContext(`'${style[1]}'`);
        const { code } = await transform(css.replace(/@font-face\{[^}]*\}/g, "").replace('@charset "UTF-8";', ""), { loader: "css", minify: true, charset: "utf8" });
        writeFileSync(join(dist, "fill-engine.css"), code);
        return { contents: source.replace(style[0], ""), loader: "js" };
      });
      build.onLoad({ filter: parts }, ({ path }) => {
        let source = readFileSync(path, "utf8").replace(/\b[\w$]+\.createElement\("style"\)/g, "amanaStyle()");
        source = source.replace(/https:\/\/tile\.openstreetmap\.org\/[^"]*/g, "data:,"); // a map server would learn where somebody is asked
        if (source.includes("resetStyles")) source = scoped(source);
        for (const word of words) {
          const before = source;
          source = source.replaceAll(new RegExp(`(label: |null, |\\}, |createTextVNode\\(|Msg: |\\]: )"( ?${escaped(word)} ?)"`, "g"), '$1amanaSays("$2")');
          if (source !== before) found.add(word);
        }
        return { contents: 'import { amanaSays, amanaStyle } from "amana-engine-words";\n' + source, loader: "js" };
      });
      build.onEnd(() => {
        const gone = words.filter((w) => !found.has(w));
        if (gone.length) throw new Error("The engine no longer says: " + gone.join(" | "));
      });
    },
  };
}

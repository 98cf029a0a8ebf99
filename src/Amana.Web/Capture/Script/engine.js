// What a form engine is to the page: so that another one can take its place by one line here.
//
//   open(element, { xml, language, tag, words, media, draft, onFinished, onFailed }) -> Promise of
//     { speak(name) -> bool, snapshot() -> Promise<{xml, files}>, faults() -> number of answers that a rule of the form refuses,
//       finish() -> Promise<faults>: checks everything, and when nothing is refused calls onFinished({xml, files}); close(): unmounts and clears the element }
//   language: the form's own name of the language, tag: its tag; words: the engine's English words in that language.
//   onDrawing(left): while the questions of a long form are drawn one after another, how many are still to come; 0 when all stand there.
//   media(url) -> Promise<Response>: a file of the form; draft: { xml, files } of an earlier snapshot, or nothing.
import { useWords } from "./engine-words.js";

const engines = {
  "odk-web-forms": () => import("./engine-odk.js"),
};

export async function open(name, element, options) {
  useWords(options.words); // before the engine is read: some of its words are fixed while it is
  return (await engines[name]()).open(element, options);
}

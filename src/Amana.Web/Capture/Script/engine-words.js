// What the bundled engine asks of the page: its words in the form's language, and style elements that the policy lets in.
const nonce = document.querySelector("script[nonce]")?.nonce;
let words = {};

export const useWords = (known) => { words = known; };
export const amanaSays = (english) => words[english.trim()] ?? english;

export function amanaStyle() {
  const style = document.createElement("style");
  if (nonce) style.setAttribute("nonce", nonce);
  return style;
}

// Draws a long form piece by piece. It leans on the engine's component of one question, and on how Vue keeps the drawing of a component.
import { h, nextTick, shallowRef } from "vue";

const atOnce = 60; // questions that appear together and are drawn before anything is shown
const turn = 40; // milliseconds of drawing at a time

/** What appears together and is long is drawn piece by piece, from the top: the first questions can be read and answered while the others are still to come, each an empty place until then. In the end all stand there, as
 * without it. tell(left) is called as it goes on. */
export function inPieces(app, element, tell) {
  let waiting = [];
  let together = 0;
  let timer = null;
  app.mixin({
    beforeCreate() {
      if (this.$options.__name !== "FormQuestion") return;
      if (together++ === 0) setTimeout(() => { together = 0; });
      if (together > atOnce) later(this.$, `${this.question.nodeId}_container`);
    },
  });
  function later(inner, id) {
    const draw = inner.render;
    const drawn = shallowRef(false);
    inner.render = function (...given) { return drawn.value ? draw.apply(this, given) : h("div", { key: "later", id, class: "question-later" }); };
    waiting.push(drawn);
    element.classList.add("fill-long");
    timer ??= setTimeout(next);
  }
  async function some(until) {
    while (waiting.length && performance.now() < until) {
      for (const drawn of waiting.splice(0, 8)) drawn.value = true;
      await nextTick();
    }
  }
  async function next() {
    await some(performance.now() + turn);
    timer = waiting.length ? setTimeout(next) : null;
    tell(waiting.length);
  }
  return { all: () => some(Infinity), end() { clearTimeout(timer); waiting = []; element.classList.remove("fill-long"); } };
}

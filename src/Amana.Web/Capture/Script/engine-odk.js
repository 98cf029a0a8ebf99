// The form engine of ODK (@getodk/web-forms) behind our host interface (engine.js). Everything that leans on how that package is made stands in this file and in Ui/build-engine.mjs.
import { createApp, h, nextTick, shallowRef } from "vue";
import { inPieces } from "./pieces.js";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";

/** Draws the form in the element; see engine.js for what goes in and what comes back. */
export async function open(element, { xml, language, tag, words, media, draft, onFinished, onFailed, onDrawing = () => {} }) {
  const ready = Promise.withResolvers?.() ?? withResolvers();
  const root = shallowRef(null);
  const app = createApp({
    render: () => h(OdkWebForm, {
      formXml: demandsOnlyWhatIsAsked(xml),
      fetchFormAttachment: media,
      missingResourceBehavior: "BLANK",
      trackDevice: false,
      editInstance: draft && {
        resolveInstance: () => new Response(draft.xml, { headers: { "content-type": "text/xml" } }),
        attachmentFileNames: draft.files.map((f) => f.name),
        resolveAttachment: (name) => new Response(draft.files.find((f) => f.name === name)),
      },
      onSubmit: async (payload) => onFinished(await record(payload, draft)),
    }),
  });
  app.use(webFormsPlugin);
  Object.assign(app.config.globalProperties.$primevue.config.locale, calendarOf(tag), { emptyMessage: words["No available options"], emptyFilterMessage: words["No results found"] });
  // The header is given the form's root; that is the one door to its state that the package leaves open.
  app.mixin({ created() { const form = this.$props?.form; if (form?.prepareInstancePayload) { root.value = form; ready.resolve(); } } });
  const pieces = inPieces(app, element, onDrawing);
  app.config.errorHandler = (error) => { onFailed(error); ready.reject(error); };
  app.mount(element);
  const tidy = new MutationObserver((changes) => { for (const part of comeIn(changes)) { label(part); forgetful(part); } });
  tidy.observe(element, { childList: true, subtree: true });
  const watch = new MutationObserver(() => { if (element.querySelector(".form-initialization-status.error")) ready.reject(new Error("The form could not be read.")); });
  watch.observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  try { await ready.promise; } catch (error) { app.unmount(); throw error; } finally { watch.disconnect(); }
  if (language) speak(root.value, language);
  return {
    speak: (name) => speak(root.value, name),
    snapshot: async () => record(await root.value.prepareInstancePayload({ payloadType: "monolithic" }), draft),
    faults: () => root.value.validationState.violations.length,
    async finish() {
      await pieces.all();
      element.querySelector(".footer button")?.click();
      await nextTick();
      return root.value.validationState.violations.length;
    },
    close() { pieces.end(); tidy.disconnect(); app.unmount(); element.replaceChildren(); },
  };
}

/** A calculation that is "required" but that no question shows would keep a record from ever being finished, with nothing marked: this engine counts it, phones and our own check do not. */
function demandsOnlyWhatIsAsked(xml) {
  const form = new DOMParser().parseFromString(xml, "text/xml");
  const body = form.getElementsByTagNameNS("http://www.w3.org/1999/xhtml", "body")[0];
  const asked = new Set([...(body?.getElementsByTagName("*") ?? [])].map((part) => part.getAttribute("ref")));
  for (const bind of form.getElementsByTagName("bind")) if (!asked.has(bind.getAttribute("nodeset"))) bind.removeAttribute("required");
  return new XMLSerializer().serializeToString(form);
}

/** What came in, by the question that it came into: looking through the whole of a long form at each change would take longer than drawing it. */
function comeIn(changes) {
  const parts = new Set();
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) parts.add(node.closest(".question-container") ?? node);
  return parts;
}

const within = (part, selector) => [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)];

/** A browser keeps what is typed into fields, to offer it again: in the clear, on the disk, and to whoever sits there next. */
function forgetful(part) {
  for (const field of within(part, "input:not([autocomplete=off]), textarea:not([autocomplete=off])")) field.setAttribute("autocomplete", "off");
}

/** What the engine leaves without a name for those who listen: numbers get their question's words, and the inside of a group is no landmark of its own. */
function label(part) {
  for (const question of within(part, ".question-container")) {
    const words = question.querySelector(".control-text label");
    const number = question.querySelector(".p-inputnumber-input:not([aria-labelledby])");
    if (!words || !number) continue;
    words.id ||= `${question.id}_words`;
    number.setAttribute("aria-labelledby", words.id);
  }
  for (const inside of within(part, ".p-panel-content-container[role=region]")) inside.removeAttribute("role");
}

/** Chooses the form's language by the name that the form gives it. */
function speak(root, name) {
  const found = root.languages.find((l) => l.isSyntheticDefault == null && l.language === name);
  if (found) root.setLanguage(found);
  return !!found;
}

/** The names of days and months in the calendar of the engine's parts. */
function calendarOf(tag) {
  const say = (options, dates) => dates.map((d) => new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC", calendar: "gregory" }).format(d));
  const days = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + i)));
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2023, i, 1)));
  return {
    dayNames: say({ weekday: "long" }, days), dayNamesShort: say({ weekday: "short" }, days), dayNamesMin: say({ weekday: "narrow" }, days),
    monthNames: say({ month: "long" }, months), monthNamesShort: say({ month: "short" }, months),
  };
}

/** The record that is sent: its XML and its files. What was a draft keeps the id that it began with: it was never sent, so it replaces nothing. */
async function record(payload, draft) {
  let xml;
  const files = [];
  for (const part of payload.data) for (const [name, value] of part.entries()) {
    if (name === "xml_submission_file") xml = await value.text();
    else files.push(value);
  }
  return { xml: draft ? asItBegan(xml, draft.xml) : xml, files };
}

function asItBegan(xml, began) {
  const now = new DOMParser().parseFromString(xml, "text/xml");
  const before = new DOMParser().parseFromString(began, "text/xml");
  const of = (doc, name) => [...doc.getElementsByTagName("*")].find((e) => e.localName === name && e.parentNode.localName === "meta");
  of(now, "deprecatedID")?.remove();
  const id = of(now, "instanceID");
  const first = of(before, "instanceID");
  if (id && first) id.textContent = first.textContent;
  return new XMLSerializer().serializeToString(now);
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

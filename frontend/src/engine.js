// The large part: fetched only when the browser can run it.
import { createApp, h, watch } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { calendar } from "./calendar.js";
import * as draft from "./draft.js";
import { settings, whenOpened } from "./page.js";

const language = document.documentElement.lang;

async function written(state) {
  const payload = await state.instance.root.prepareInstancePayload({ payloadType: "monolithic" });
  return payload.data[0].get("xml_submission_file").text();
}

/** A form in several languages opens in the page's own, where it has it. */
function speak(root) {
  const known = root.languages.filter((each) => !each.isSyntheticDefault);
  const wanted = known.find((each) => each.locale?.toString().toLowerCase() === language.toLowerCase());
  const near = known.find((each) => `${each.locale ?? each.language}`.toLowerCase().includes(language.slice(0, 2)));
  if (wanted ?? near) root.setLanguage(wanted ?? near);
}

/** Keep what is answered half a second after the last touch. */
function keepDraft(place, state, submission) {
  let waiting;
  const touched = () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => draft.keep({ submission, instance: await written(state) }), 500);
  };
  for (const kind of ["input", "change", "click"]) place.addEventListener(kind, touched);
  return () => {
    clearTimeout(waiting);
    for (const kind of ["input", "change", "click"]) place.removeEventListener(kind, touched);
    return draft.drop();
  };
}

/** Show the form; resolves when it can be filled in, and rejects when it cannot be opened. */
export async function show(place, { resumed, send }) {
  const before = await draft.found();
  const instance = before?.instance ?? settings.instance;
  const submission = before?.submission ?? settings.submission;
  let forget = () => null;
  return new Promise((resolve, reject) => {
    whenOpened((state) =>
      watch(state, (now) => {
        if (now.status === "FORM_STATE_FAILURE") reject(now.error);
        if (now.status !== "FORM_STATE_SUCCESS") return;
        speak(now.root);
        forget = keepDraft(place, now, submission);
        if (before) resumed();
        resolve();
      }),
    );
    const sent = async (payload, done) => {
      if (await send(await payload.data[0].get("xml_submission_file").text(), submission)) await forget();
      done();
    };
    const editInstance = instance && {
      resolveInstance: () => instance,
      attachmentFileNames: [],
      resolveAttachment: () => Promise.reject(new Error("no attachments")),
    };
    const fetchFormAttachment = () => Promise.reject(new Error("no attachments"));
    const app = createApp({
      render: () => h(OdkWebForm, { formXml: settings.form, fetchFormAttachment, editInstance, onSubmit: sent }),
    });
    app.use(webFormsPlugin);
    const config = app.config.globalProperties.$primevue.config;
    config.locale = calendar(config.locale, language);
    app.mount(place);
  });
}

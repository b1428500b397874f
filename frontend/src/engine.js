// The large part: fetched only when the browser can run it.
import { createApp, h, watch } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { calendar } from "./calendar.js";
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

const TOUCHES = ["input", "change", "click"];

/** Keep what is answered half a second after the last touch, and at once when the page is put away. */
function keepDraft(draft, place, state, submission) {
  let waiting = 0;
  const keep = async () => {
    waiting = clearTimeout(waiting) ?? 0;
    await draft.keep({ submission, instance: await written(state) });
  };
  const touched = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 500);
  };
  const away = () => waiting && keep();
  const listen = (how) => {
    for (const kind of TOUCHES) place[how](kind, touched);
    document[how]("visibilitychange", away);
  };
  const end = () => {
    clearTimeout(waiting);
    listen("removeEventListener");
  };
  listen("addEventListener");
  return { away: async () => (await away(), end()), drop: () => (end(), draft.drop()) };
}

/**
 * Show the form; resolves when it can be filled in, and rejects when it cannot be opened. `draft`: where a half-finished
 * one is kept (`found`, `keep`, `drop`). What it resolves to closes it again.
 */
export async function show(place, { resumed, send, draft }) {
  const before = await draft.found();
  const instance = before?.instance ?? settings.instance;
  const submission = before?.submission ?? settings.submission;
  let kept = { drop: () => null };
  return new Promise((resolve, reject) => {
    whenOpened((state) =>
      watch(state, (now) => {
        if (now.status === "FORM_STATE_FAILURE") reject(now.error);
        if (now.status !== "FORM_STATE_SUCCESS") return;
        speak(now.root);
        kept = keepDraft(draft, place, now, submission);
        if (before) resumed();
        resolve(async () => (await kept.away(), app.unmount()));
      }),
    );
    const sent = async (payload, done) => {
      if (await send(await payload.data[0].get("xml_submission_file").text(), submission)) await kept.drop();
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

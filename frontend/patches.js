// What has to change in the published bundle of @getodk/web-forms, which knows neither a content policy nor a language
// of its own. Every change names what it expects to find, and the build stops when that is not there: so a new release
// cannot slip in with a word untranslated or a style that the policy refuses.
import { readFileSync } from "node:fs";

const words = JSON.parse(readFileSync(new URL("./words.json", import.meta.url), "utf8"));
const PACKAGE = /@getodk\/web-forms\/dist\/(index|MapBlock)[\w-]*\.js$/;
const SIDE_STYLE = /^\(function\(\)\{"use strict";try\{[^\n]*createTextNode\('((?:[^'\\]|\\.)*)'\)[^\n]*\n/;
const WASM = /"data:application\/wasm;base64,([^"]+)"/g;

/** The styles that the package would write into the page, as text; Roboto stays behind: pages use the system's type. */
function styles(literal) {
  return new Function(`return '${literal}'`)().replace(/@font-face\{[^}]*\}/g, "");
}

function times(code, from, to, wanted, what) {
  const found = code.split(from).length - 1;
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(from)} is there ${found} times, not ${wanted}`);
  return code.split(from).join(to);
}

/** English words of the widgets become look-ups; words.json says where a word stands and how often. */
function translated(code) {
  return words.inCode.reduce(
    (text, { from, to, times: wanted = 1 }) => times(text, from, to, wanted, "words.json"),
    code,
  );
}

/** Numbers, days and hours get their question as their label too: it points at the frame around the field as published. */
function labelled(code) {
  const number = 'id: eA.node.nodeId,\n      key: nA.value,\n      ref_key: "inputRef",\n      ref: AA,\n      modelValue: iA.value,';
  code = times(code, number, number.replace("id:", '"input-id":'), 1, "numbers");
  const day = 'oA[0] = (iA) => AA.value = iA),\n      "show-icon": "",';
  code = times(code, day, `${day}\n      "input-id": eA.question.nodeId,`, 1, "days");
  const hour = '"hour-format": "12",';
  return times(code, hour, '"hour-format": "24", "input-id": eA.question.nodeId,', 1, "hours");
}

/** The days of the calendar are buttons that say which is pressed: as published they are pieces of text, "selected". */
function pressed(code) {
  const day = '"aria-selected": oA.isSelected(IA),';
  return times(code, day, 'role: "button", "aria-pressed": oA.isSelected(IA),', 1, "days of the calendar");
}

function engine(context, code) {
  let count = 0;
  code = code.replace(WASM, (_, base64) => {
    const source = Buffer.from(base64, "base64");
    const id = context.emitFile({ type: "asset", name: `xpath-${++count}.wasm`, source });
    return `import.meta.ROLLUP_FILE_URL_${id}`;
  });
  if (count !== 2) throw new Error(`${count} WebAssembly files instead of 2`);
  // Styles made while the page runs carry the page's nonce.
  code = times(code, 'document.createElement("style")', "__style()", 3, "style elements");
  code = times(code, 'aA.createElement("style")', "__style()", 1, "PrimeVue's style elements");
  // Drafts are kept by the page: it is told of the state that a form lives in.
  code = times(code, "const gA = initializeFormState()", "const gA = __opened(initializeFormState())", 1, "form state");
  code = pressed(labelled(code));
  return `import { word as __word, style as __style, opened as __opened } from "/src/page.js";\n${translated(code)}`;
}

export function webForms() {
  return {
    name: "web-forms",
    enforce: "pre",
    resolveId(source) {
      if (source.startsWith("./MapBlock")) return "\0no-map";
      if (source === "virtual:web-forms.css") return "\0web-forms.css";
    },
    load(id) {
      // Maps would fetch pictures from other servers; no question of ours is answered on one.
      if (id === "\0no-map") return "throw new Error('no maps here')";
      if (id === "\0web-forms.css") {
        const index = readFileSync(new URL("./node_modules/@getodk/web-forms/dist/index.js", import.meta.url), "utf8");
        return styles(SIDE_STYLE.exec(index)[1]);
      }
    },
    transform(code, id) {
      if (!PACKAGE.test(id)) return;
      const bare = code.replace(SIDE_STYLE, "");
      if (id.endsWith("dist/index.js")) {
        if (bare === code) throw new Error("the package's styles are not where they were");
        return { code: bare, map: null };
      }
      return { code: engine(this, bare), map: null };
    },
  };
}

// Runs the checkpoint's rules over every case that the server's own rules made (python tools/checkpoint.py).
import { readFileSync } from "node:fs";
import ts from "typescript";

const here = new URL("./src/checkpoint/", import.meta.url);
const { outputText } = ts.transpileModule(readFileSync(new URL("rules.ts", here), "utf8"), {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2020 },
});
const rules = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
const cases = JSON.parse(readFileSync(new URL("vectors.json", here), "utf8"));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const wrong = [];

for (const [seen, age, said] of cases.weighed) {
  if (rules.weighed(seen, age, cases.limit) !== said) wrong.push([seen, age, said]);
}
for (const [seen, asks, temperature, mask, venue_code, then, why, missing, help, lane] of cases.decided) {
  const said = rules.decide(seen, asks, { temperature, mask, venue_code });
  if (!same(said, { then, why, seen, missing, help, lane })) wrong.push([seen, asks, temperature, mask, venue_code, said]);
}
for (const [text, tenths, band] of cases.readings) {
  const found = rules.readTemperature(text);
  if (found !== tenths || rules.band(found, cases.fever) !== band) wrong.push([text, found]);
}
console.log(JSON.stringify({ weighed: cases.weighed.length, decided: cases.decided.length, readings: cases.readings.length }));
if (wrong.length) {
  console.error(JSON.stringify(wrong.slice(0, 10), null, 1));
  process.exit(1);
}

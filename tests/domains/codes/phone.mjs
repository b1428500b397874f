// Runs the phone's half of the codes under Node: bundles frontend/phone/src/codes as the app does, goes through the
// vectors, and measures a city's list. Asked by test_codes_phone.py; answers in JSON on standard output.
// Usage: node phone.mjs <frontend folder> <vectors.json> <city list in base64> <folder for the bundle>

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [frontend, vectors, city, folder] = process.argv.slice(2);
const rolldown = createRequire(join(frontend, "package.json")).resolve("rolldown");
const { build } = await import(pathToFileURL(rolldown).href);
const input = { index: join(frontend, "phone/src/codes/index.ts"), signature: join(frontend, "phone/src/codes/signature.ts") };
await build({ input, platform: "browser", output: { dir: folder, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" }, logLevel: "silent" });
const codes = await import(pathToFileURL(join(folder, "index.mjs")).href);
const { verify } = await import(pathToFileURL(join(folder, "signature.mjs")).href);

const said = JSON.parse(readFileSync(vectors, "utf8"));
const keys = codes.keysOf(said.keys);
const bytes = (name) => Uint8Array.from(Buffer.from(said.messages[name], "base64"));
const plain = ({ numbers, states }) => Object.fromEntries(Array.from(numbers, (number, at) => [number, states[at]]));

const seen = [];
for (const { name, text, now } of said.codes) {
  const { seen: what, claims } = await codes.readCode(text, keys, said.issuer, now);
  seen.push({ name, seen: what, claims: claims ?? null });
}
const held = {};
for (const name of ["whole", "second whole"]) held[name] = (await codes.takeList(bytes(name), keys, undefined, said.now)).list;
const steps = [];
for (const { message, held: before } of said.steps) {
  const { list, refused } = await codes.takeList(bytes(message), keys, before ? held[before] : undefined, said.now);
  steps.push(refused ? { refused } : { version: list.version, content: { daily: plain(list.content.daily), printed: plain(list.content.printed) } });
}
const verdicts = [];
for (const { text, list, now } of said.verdicts) {
  verdicts.push((await codes.judge(text, keys, list ? held[list] : undefined, said.issuer, now)).verdict);
}

// A list of another city says nothing here, and does not make this city's codes another's.
const elsewhere = { ...held.whole, issuer: "elsewhere" };
const other_list = (await codes.judge(said.verdicts[0].text, keys, elsewhere, said.issuer, said.verdicts[0].now)).verdict;

// The library that stands in where WebCrypto has no Ed25519 says the same of the same.
const signed = Buffer.from("the phone");
const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
const signature = new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, signed));
const key = { kid: "00000000", raw, revoked: false };
const library = [await verify(key, signature, Uint8Array.from(signed), true), await verify(key, signature, Uint8Array.of(1), true)];

const whole = Uint8Array.from(Buffer.from(city, "base64"));
const begun = performance.now();
const content = codes.decodeContent(whole);
const decoded = performance.now() - begun;
const same = Buffer.from(codes.encodeContent(content)).equals(Buffer.from(whole));
const list = { ...held.whole, content };
const claims = { issuer: said.issuer, issued: list.dayFrom, expires: list.dayUntil, kind: "daily", initials: "" };
const started = performance.now();
for (let turn = 0; turn < 100_000; turn += 1) codes.lookUp(list, { ...claims, number: (turn * 167) % 2 ** 24 }, list.made);
const lookup = (performance.now() - started) / 100_000;
console.log(JSON.stringify({ seen, steps, verdicts, other_list, library, same, decoded, lookup }));

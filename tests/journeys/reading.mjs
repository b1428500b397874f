// What a checkpoint makes of a picture: the app's own decoder and its own verifier of codes, under Node.
// Usage: node reading.mjs <frontend folder> <published keys as JSON> <raw RGBA> <width> <height> <folder for the bundle>

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [frontend, keys, pixels, width, height, folder] = process.argv.slice(2);
const here = createRequire(join(frontend, "package.json"));
const { build } = await import(pathToFileURL(here.resolve("rolldown")).href);
const input = { index: join(frontend, "phone/src/codes/index.ts") };
await build({ input, platform: "browser", output: { dir: folder, format: "esm", entryFileNames: "[name].mjs" }, logLevel: "silent" });
const codes = await import(pathToFileURL(join(folder, "index.mjs")).href);
const reader = await import(pathToFileURL(join(frontend, "node_modules/zxing-wasm/dist/es/reader/index.js")).href);
const wasm = readFileSync(join(frontend, "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"));
await reader.prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });

const image = { data: new Uint8ClampedArray(readFileSync(pixels)), width: Number(width), height: Number(height), colorSpace: "srgb" };
const [found] = await reader.readBarcodes(image, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 });
const published = JSON.parse(readFileSync(keys, "utf8"));
const { seen, claims } = await codes.readCode(found?.text ?? "", codes.keysOf(published.keys), published.issuers[0], Date.now() / 1000);
process.stdout.write(JSON.stringify({ text: found?.text ?? "", seen, initials: claims?.initials ?? null }));

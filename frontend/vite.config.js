// Web Forms as one set of files for Django's static folder. No hash in the entry's name: pages name it themselves;
// the engine's name has one, so that a phone never runs yesterday's engine with today's entry.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig } from "vite";
import { webForms } from "./patches.js";

const outDir = fileURLToPath(new URL("../src/wangge/static/wangge/web-forms", import.meta.url));

// WhiteNoise gives out what it finds compressed beside a file; the compiler of the phone's side is 1.6 MB otherwise.
const compressed = {
  name: "compressed",
  writeBundle() {
    for (const name of readdirSync(outDir)) {
      const bytes = readFileSync(join(outDir, name));
      writeFileSync(join(outDir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      writeFileSync(join(outDir, `${name}.br`), brotliCompressSync(bytes, { params }));
    }
  },
};

export default defineConfig({
  base: "./",
  plugins: [webForms(), compressed],
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir,
    emptyOutDir: true,
    // The first Chromium that takes 'wasm-unsafe-eval' in a policy; older ones get the plain form.
    target: ["chrome97", "safari16", "firefox102"],
    modulePreload: false,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    rollupOptions: {
      // tree-sitter carries an eval for modules with scripts inside; ours have none, and the policy forbids it anyway.
      onLog: (level, log, pass) => log.code === "EVAL" || pass(level, log),
      input: "src/web-forms.js",
      output: {
        entryFileNames: "web-forms.js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: (asset) => (asset.names[0]?.endsWith(".css") ? "web-forms.css" : "[name]-[hash][extname]"),
      },
    },
  },
});

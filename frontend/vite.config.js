// Web Forms as one set of files for Django's static folder. No hash in the entry's name: pages name it themselves;
// the engine's name has one, so that a phone never runs yesterday's engine with today's entry.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "./compressed.js";
import { webForms } from "./patches.js";

const outDir = fileURLToPath(new URL("../src/wangge/static/wangge/web-forms", import.meta.url));

export default defineConfig({
  base: "./",
  plugins: [webForms(), compressed(outDir)],
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
      preserveEntrySignatures: "strict", // the field app imports on-phone.js while it runs
      input: { "web-forms": "src/web-forms.js", "on-phone": "src/on-phone.js" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: (asset) => (asset.names[0]?.endsWith(".css") ? "web-forms.css" : "[name]-[hash][extname]"),
      },
    },
  },
});

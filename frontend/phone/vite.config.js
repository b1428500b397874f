// The field app, and in a second pass its service worker: one classic file, because old browsers know no other.
// Every name but the worker's has a hash; Django reads files.json to know what a page loads (src/wangge/web/phone).
import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "../compressed.js";

const outDir = fileURLToPath(new URL("../../src/wangge/static/wangge/phone", import.meta.url));
// Chrome 87 and Safari 14 are the oldest that can: docs/operate/phone.md says so to the office.
const target = ["chrome87", "safari14", "firefox102"];
const common = { outDir, target, reportCompressedSize: false, cssTarget: target };

const app = {
  ...common,
  emptyOutDir: true,
  manifest: "files.json",
  modulePreload: { polyfill: false },
  assetsDir: "",
  rollupOptions: { input: "phone/src/main.ts" },
};

const worker = {
  ...common,
  emptyOutDir: false,
  rollupOptions: {
    input: "phone/src/worker.ts",
    output: { format: "iife", entryFileNames: "worker.js", codeSplitting: false },
  },
};

export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false,
  plugins: [vue(), compressed(outDir)],
  define: { __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    "process.env.NODE_ENV": '"production"' },
  build: mode === "worker" ? worker : app,
}));

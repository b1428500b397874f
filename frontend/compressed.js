import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SQUEEZED = /\.(gz|br)$/;

/** WhiteNoise gives out what it finds compressed beside a file; the compiler of the phone's side is 1.6 MB otherwise. */
export function compressed(outDir) {
  return {
    name: "compressed",
    writeBundle() {
      for (const name of readdirSync(outDir).filter((each) => !SQUEEZED.test(each))) {
        const bytes = readFileSync(join(outDir, name));
        writeFileSync(join(outDir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        writeFileSync(join(outDir, `${name}.br`), brotliCompressSync(bytes, { params }));
      }
    },
  };
}

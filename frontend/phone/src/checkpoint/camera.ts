// Frames of the camera to texts of codes. The decoder is fetched on demand from our own folder and kept for when there is
// no network; where a browser cannot run it, a scanner that types, a number or a tally do.
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

const WIDEST = 960; // of a frame that is decoded: a code at arm's length has enough of it
const PAUSE = 60; // milliseconds between frames: a warm phone lasts a shift

export type Trouble = "no-camera" | "not-allowed" | "no-decoder";

/** What a frame says: a text, a code that is there and cannot be read, or nothing. */
export type Frame = { text: string } | "unreadable" | null;

let loading: Promise<(image: ImageData) => Promise<Frame>> | null = null;

/** The decoder; the same promise for everybody, begun anew after a failure. */
export function decoder(): Promise<(image: ImageData) => Promise<Frame>> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<(image: ImageData) => Promise<Frame>> {
  const reader = await import("zxing-wasm/reader");
  await reader.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return async (image) => {
    const found = await reader.readBarcodes(image, {
      formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1, returnErrors: true,
    }); // prettier-ignore
    const [first] = found;
    if (!first) return null;
    return first.isValid ? { text: first.text } : "unreadable";
  };
}

/** Bring the decoder to the phone while there is a network. */
export async function keepDecoder(): Promise<void> {
  const cache = await caches.open("wangge-later");
  const address = new URL(wasm, location.href).href;
  if (!(await cache.match(address))) await cache.add(address).catch(() => null);
  await decoder().catch(() => null);
}

export interface Camera {
  stop(): void;
}

/** Decode what the video shows until stopped. `said` gets each frame with something in it, and since when it is decoded. */
export async function watch(video: HTMLVideoElement, said: (frame: { text: string } | "unreadable", at: number) => Promise<void>): Promise<Camera | Trouble> {
  let decode;
  let stream: MediaStream;
  try {
    decode = await decoder();
  } catch {
    return "no-decoder";
  }
  try {
    const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
  } catch (error) {
    return (error as Error).name === "NotAllowedError" ? "not-allowed" : "no-camera";
  }
  video.srcObject = stream;
  await video.play().catch(() => null);
  return looping(video, stream, decode, said);
}

function looping(
  video: HTMLVideoElement,
  stream: MediaStream,
  decode: (image: ImageData) => Promise<Frame>,
  said: (frame: { text: string } | "unreadable", at: number) => Promise<void>,
): Camera {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let running = true;
  const next = async () => {
    if (!running) return;
    const at = performance.now();
    const image = context && document.visibilityState === "visible" ? frameOf(video, canvas, context) : null;
    const frame = image ? await decode(image).catch(() => null) : null;
    if (frame && running) await said(frame, at);
    setTimeout(() => void next(), PAUSE);
  };
  void next();
  return {
    stop() {
      running = false;
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
}

function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): ImageData | null {
  const { videoWidth: wide, videoHeight: high } = video;
  if (!wide || !high) return null;
  const scale = Math.min(1, WIDEST / Math.max(wide, high));
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round(high * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

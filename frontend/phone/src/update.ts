// A new version takes over by itself, and never while a form is open: then it waits until the form is closed.
import { watch } from "vue";
import { route } from "./router";

const writing = () => route.value[0] === "form";
let registration: ServiceWorkerRegistration | undefined;

function takeOver(): void {
  if (!writing()) registration?.waiting?.postMessage("take-over");
}

export async function register(): Promise<void> {
  const controlled = Boolean(navigator.serviceWorker.controller);
  let stale = false;
  const renew = () => void (stale && !writing() && location.reload());
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    stale = controlled;
    renew();
  });
  registration = await navigator.serviceWorker.register("/phone/sw.js", { updateViaCache: "none" });
  const coming = () => {
    const worker = registration?.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && controlled && takeOver());
  };
  registration.addEventListener("updatefound", coming);
  coming();
  watch(route, () => {
    takeOver();
    renew();
  });
  takeOver();
}

/** Look for a newer version now; without a network this changes nothing. */
export const update = () => registration?.update().catch(() => null);

// This phone was ended: lost, or a shared one given back. Nothing of the app stays on it.
import { store } from "../store/database";

export async function wipe(): Promise<void> {
  await store.delete({ disableAutoOpen: true });
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) await one.unregister();
  for (const name of Object.keys(globalThis.localStorage ?? {})) localStorage.removeItem(name);
  for (const other of (await indexedDB.databases?.()) ?? []) {
    if (other.name?.startsWith("wangge-")) indexedDB.deleteDatabase(other.name);
  }
}

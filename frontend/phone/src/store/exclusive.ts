// One at a time, over all pages of the app and its service worker; in a browser without locks over this page alone.

const queues = new Map<string, Promise<unknown>>();

export function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(`wangge-${name}`, work) as Promise<T>;
  const next = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(name, next.catch(() => null));
  return next;
}

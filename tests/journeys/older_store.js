// A store as version 1 of the app left it: two entries that wait, sealed under a key of its own. The second and
// the third say what no server takes.
async ({ account, task, door }) => {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("wangge-phone", 10); // Dexie counts in tens
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
    opening.onupgradeneeded = () => {
      const made = opening.result;
      made.createObjectStore("keys", { keyPath: "id" });
      made.createObjectStore("doors", { keyPath: "task" });
      made.createObjectStore("forms", { keyPath: "task" });
      const entries = made.createObjectStore("entries", { keyPath: "n", autoIncrement: true });
      entries.createIndex("id", "id", { unique: true });
      entries.createIndex("state", "state");
      made.createObjectStore("drafts", { keyPath: ["account", "task"] });
      made.createObjectStore("kept", { keyPath: "name" });
      made.createObjectStore("plain", { keyPath: "name" });
    };
  });
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const old = "01890000-0000-7000-8000-000000000001";
  const tried = (outcome) => ({ outcome, channel: "door", person: null });
  const entry = async (id, kind, data, title) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder();
    const command = { id, kind, at: new Date().toISOString(), task, door, data };
    const content = { command, about: { title, where: "", words: "不在家" } };
    const how = { name: "AES-GCM", iv, additionalData: text.encode(`entry:${id}`) };
    const sealed = await crypto.subtle.encrypt(how, key, text.encode(JSON.stringify(content)));
    return { id, account, state: "waiting", key: old, iv, sealed };
  };
  const entries = [
    await entry("01890000-0000-7000-8000-00000000abcd", "attempt", tried("absent"), "旧版记的一户"),
    await entry("01890000-0000-7000-8000-00000000abce", "attempt", tried("no such thing"), "记错的一户"),
    await entry("01890000-0000-7000-8000-00000000abcf", "checkpoint.pass", { shift: old, shown: "green" }, "北门"),
  ];
  const write = database.transaction(["keys", "entries", "plain"], "readwrite");
  write.objectStore("keys").put({ id: old, account, key, until: Date.now() + 3_600_000 });
  for (const one of entries) write.objectStore("entries").put(one);
  write.objectStore("plain").put({ name: "account", value: account });
  await new Promise((resolve) => (write.oncomplete = resolve));
  database.close();
}

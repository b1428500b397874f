// The field app: today's doors, one door, its form, what was sent. It works for a shift without a network.
import { createApp, h } from "vue";
import App from "./App.vue";
import { start } from "./clockwork";
import "./look.css";
import WipedPage from "./pages/WipedPage.vue";
import { reread, state } from "./state";
import { register } from "./update";

/** The frame first, what the store holds into it, and the server is asked meanwhile: three short pieces of work. */
async function open(): Promise<void> {
  createApp({ render: () => (state.ended?.how === "wiped" ? h(WipedPage) : h(App)) }).mount("#app");
  document.documentElement.classList.add("phone-here");
  const read = reread();
  start();
  await read;
  await register();
}

// phone-check.js has looked first: where something is missing it shows what to do, or leads to the server's pages.
if (document.getElementById("phone-cannot")?.hidden && "serviceWorker" in navigator) void open();

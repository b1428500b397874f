// Recording a try: kept on the phone first, then sent; what goes wrong is said and the screen stays as it is.
import { ref } from "vue";
import { sendSoon } from "./clockwork";
import { labelOf } from "./outcomes";
import { reread, say } from "./state";
import { isFull } from "./store/database";
import type { Listed } from "./store/doors";
import { NoKey } from "./store/kept";
import { type Made, queue } from "./store/outbox";
import type { Command } from "./wire";
import { word } from "./words";

export interface Try extends Record<string, unknown> {
  outcome: string;
  channel: string;
  person: string | null;
}

export function recording() {
  const wrong = ref("");
  let busy = false;

  /** True when it is kept. A tap while the one before it is being kept, and not yet drawn, is the same tap. */
  async function keep(made: Made, said: string): Promise<boolean> {
    if (busy) return false;
    busy = true;
    try {
      await queue(made);
    } catch (error) {
      busy = false;
      wrong.value = why(error);
      return false;
    }
    wrong.value = "";
    say(`${said} · ${word("kept on this phone")}`);
    void drawn();
    return true;
  }

  async function drawn(): Promise<void> {
    await reread().finally(() => (busy = false));
    await sendSoon();
  }

  function record(door: Pick<Listed, "task" | "door" | "name" | "where" | "people">, data: Try, before?: Command) {
    const who = door.people.find((one) => one.uuid === data.person)?.name;
    const words = [labelOf(data.outcome), who, labelOf(data.channel)].filter(Boolean).join(" · ");
    const about = { title: door.name, where: door.where, words };
    const made: Made = { kind: "attempt", task: door.task, door: door.door, data, about, ...(before ? corrected(before) : {}) };
    return keep(made, `${door.name} · ${labelOf(data.outcome)}`);
  }

  return { wrong, keep, record };
}

/** What was refused is sent again as of the time at which it happened, which its own clock told. */
export const corrected = ({ id, at, clock }: Command) => ({ corrects: id, happened: { at, ...(clock ? { clock } : {}) } });

/** What keeps something from being kept, and what to do. */
export function why(error: unknown): string {
  if (error instanceof NoKey) {
    return word("The shift's key has ended: nothing can be kept here now. Go where there is a network, sign in, then tap again.");
  }
  if (isFull(error)) {
    return word("This phone's storage is full: not kept. Stay on this page, delete some photos or videos, then tap again.");
  }
  throw error;
}

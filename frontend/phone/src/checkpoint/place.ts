// The app shows this page to whoever may stand at a checkpoint.
import type { Place } from "../places";

export const place: Place = {
  path: "checkpoint",
  title: "Checkpoint",
  icon: "shop",
  page: () => import("./CheckpointPage.vue"),
  shown: (contact) => contact?.rights?.includes("keep_checkpoint") ?? false,
};

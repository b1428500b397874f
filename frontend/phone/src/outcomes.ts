// What may come of a try, in the server's words and order; the marks are those of the paper sheet.
import { settings } from "./settings";

const labels = new Map([...settings.outcomes, ...settings.channels]);

export const labelOf = (value: string) => labels.get(value) ?? value;

/** Without a death, which is asked for apart. */
export const taps = settings.outcomes.map(([value]) => value).filter((value) => value !== "died" && value !== "not_yet");

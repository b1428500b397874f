// The part of the address behind the #, as names: "#/door/<task>" is ["door", "<task>"].
import { shallowRef } from "vue";

const read = () => location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);

export const route = shallowRef(read());
addEventListener("hashchange", () => {
  route.value = read();
});

export const to = (...parts: string[]) => `#/${parts.map(encodeURIComponent).join("/")}`;

export function go(...parts: string[]): void {
  location.hash = to(...parts);
}

/** Leave a page for good: the way back does not lead through it again. */
export function leave(...parts: string[]): void {
  history.replaceState(null, "", to(...parts));
  route.value = read();
}

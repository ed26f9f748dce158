import { need } from "./template.js";

/** So many that a reader which is slow has none taken away. */
const kept = 8;

/**
 * Has a screen reader say it when it has said what it is at: the one place of a page that is read out by itself. Each
 * is an element of its own, so that none takes the place of one that was not read yet.
 *
 * @param {string} text
 */
export function announce(text) {
  const announcer = need("announcer");
  const line = document.createElement("p");
  line.textContent = text;
  announcer.append(line);
  while (announcer.childElementCount > kept) announcer.firstElementChild?.remove();
}

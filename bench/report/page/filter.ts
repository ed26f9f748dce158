import { chosenText, searchWith, serversIn, statusText } from "./address.ts";

/**
 * Shows the filter of servers and follows it. `show` gets the servers to look at, none for all, at once where the address
 * asks for some, and whenever that changes; the address says it from then on.
 */
export function startFilter(filter: HTMLDetailsElement, show: (servers: readonly string[]) => void): void {
  const boxes = [...filter.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const known = boxes.map(({ value }) => value);
  const form = filter.querySelector("form");
  const chosen = filter.querySelector(".chosen");
  const status = filter.querySelector("[role=status]");
  if (form === null || chosen === null || status === null)
    throw new Error("expected the filter with its form, its choice and its status, got less");

  const follow = () => {
    const ticked = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    chosen.textContent = chosenText(ticked, known);
    show(ticked);
    return ticked;
  };
  const followAndSay = () => {
    const ticked = follow();
    status.textContent = statusText(ticked, known);
    history.replaceState(
      null,
      "",
      `${searchWith(location.search, ticked) || location.pathname}${location.hash}`,
    );
  };

  const asked = serversIn(location.search, known);
  for (const box of boxes) box.checked = asked.includes(box.value);
  if (asked.length > 0 && wide.matches) filter.open = true;
  filter.hidden = false;
  follow();
  form.addEventListener("change", followAndSay);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    followAndSay();
  });
}

/** Where the contents stand beside the page, and have room. As the style has it. */
export const wide: MediaQueryList = matchMedia("(min-width: 75rem)");

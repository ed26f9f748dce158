import { type Html, html } from "../../bench/report/html-template.ts";

const pages = {
  dashboard: { title: "The dashboard of a server", picture: "pictures/dashboard.png" },
  compare: { title: "One call on every transport", picture: "pictures/compare.png" },
} as const;

/** A page that is served while the deck is shown, or where none is, what it looked like. */
export function liveEmbed(name: "dashboard" | "compare", address: string | undefined): Html {
  const { title, picture } = pages[name];
  if (address === undefined) return html`<img class="live" src="${picture}" alt="${title}, as it was recorded">`;
  return html`<iframe class="live" title="${title}" data-src="${address}"></iframe>`;
}

import { type Html, html } from "../../bench/report/html-template.ts";

const titles = { dashboard: "The dashboard of a server", compare: "One call on every transport" } as const;

/** A page that is served while the deck is shown, or where none is, a word in its place. */
export function liveEmbed(name: "dashboard" | "compare", address: string | undefined): Html {
  const title = titles[name];
  if (address === undefined) return html`<p class="absent">${title}: shown by npm run slides.</p>`;
  return html`<iframe class="live" title="${title}" data-src="${address}"></iframe>`;
}

/** A page of the demo on a slide: as it is now where it is served, else as it was recorded. */
import { readFileSync } from "node:fs";
import { type Html, html } from "../../bench/report/html-template.ts";
import { projectFolder } from "../../cli/project.ts";

export const liveNames = ["dashboard", "compare"] as const;

export type LiveName = (typeof liveNames)[number];

/** Where the deck's own server takes the wish for another call. */
export const callPath = "/live/call";

export const pictureSize = { width: 1280, height: 580 } as const;

/** Where recorded pictures lie, and what tells of them. */
export const picturesFolder: URL = new URL("slides/live/pictures/", projectFolder);

/** What is known of the recorded pictures, beside them. */
export interface Recorded {
  /** ISO 8601, the day. */
  readonly on: string;
}

const shows: Readonly<Record<LiveName, { readonly title: string; readonly alt: string }>> = {
  dashboard: {
    title: "The dashboard: calls as they ring",
    alt: "The dashboard in a browser: the calls that came in, each with its number, how far it has come, and the recording that can be played; beside them how long events took to arrive.",
  },
  compare: {
    title: "Every transport, side by side",
    alt: "The comparison in a browser: one webhook as a bar for each transport, from its acceptance to its arrival in the page; below, a column of figures for each server.",
  },
};

/** The page at `address`, which is asked for when its slide is shown; without an address its picture. */
export function liveEmbed(name: LiveName, address: string | undefined): Html {
  const { title, alt } = shows[name];
  if (address === undefined) {
    const { on } = readRecorded();
    const { width, height } = pictureSize;
    return html`<figure class="live" data-live="recorded">
<img src="pictures/${name}.png" alt="${alt}" width="${width}" height="${height}">
<figcaption><span>Recorded on <time datetime="${on}">${dayInWords(on)}</time>; npm run slides shows it live</span></figcaption>
</figure>`;
  }
  return html`<figure class="live" data-live="now">
<iframe title="${title}" data-src="${address}" allow="autoplay"></iframe>
<figcaption><form method="post" action="${callPath}"><button type="submit">Place a call</button></form> <span>Live: <a href="${address}" target="_blank" rel="noopener">${address}</a></span></figcaption>
</figure>`;
}

function readRecorded(): Recorded {
  return JSON.parse(readFileSync(new URL("recorded.json", picturesFolder), "utf8"));
}

/** `24 November 2026` */
function dayInWords(day: string): string {
  return new Date(day).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

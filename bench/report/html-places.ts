import type { Point } from "../result.ts";
import { Html, html } from "./html-template.ts";

/** What the parts of the page are called in addresses, after `#`. The same in the report of every run: links last. */
export const placeOf = {
  claim: (name: string) => `claim-${name}`,
  scenario: (name: string) => `scenario-${name}`,
  chart: (name: string) => `chart-${name}`,
  /** The table behind a chart. */
  figures: (chart: string) => `figures-${chart}`,
  findings: (claim: string) => `findings-${claim}`,
  beside: (claim: string) => `beside-${claim}`,
  results: (scenario: string, point: Point) => pointPlace("table", scenario, point),
  costs: (scenario: string, point: Point) => pointPlace("costs", scenario, point),
} as const;

/** `table-fan-out-subscribers-200` */
function pointPlace(kind: string, scenario: string, point: Point): string {
  return [kind, scenario, ...Object.entries(point).flat()].join("-");
}

/** A link to the place itself, from where its address can be taken. */
export function placeLink(place: string, what: string): Html {
  return html`<a class="place" href="#${place}" aria-label="Address of ${what}">#</a>`;
}

/** A heading with its link. The link stands beside it, so that the heading is called by its text alone. */
export function heading(level: 2 | 3, place: string, text: string): Html {
  const tag = new Html(`h${level}`);
  return html`<div class="titled"><${tag} id="${place}">${text}</${tag}>${placeLink(place, `“${text}”`)}</div>`;
}

import type { Run } from "../result.ts";
import { placeOf } from "./html-places.ts";
import { type Html, html } from "./html-template.ts";
import type { VerdictTable } from "./verdicts.ts";

interface Entry {
  readonly place: string;
  readonly text: string;
}

/** The parts of the page; claims and scenarios fold, for there are many. */
export function contents(run: Run, { rows }: VerdictTable): Html {
  const claims = rows.map(({ verdict: { claim } }) => ({
    place: placeOf.claim(claim.name),
    text: claim.title,
  }));
  const scenarios = run.scenarios.map(({ name }) => ({ place: placeOf.scenario(name), text: name }));
  return html`<nav aria-label="Contents"><ul>
${entryItem({ place: "verdicts", text: "Verdicts" })}${claims.length === 0 ? undefined : folding("The claims, one by one", claims)}${entryItem({ place: "servers", text: "The servers" })}${scenarios.length === 0 ? undefined : folding("What was measured", scenarios)}${[
  { place: "limits", text: "What these numbers do not say" },
  { place: "calibration", text: "Calibration" },
  { place: "environment", text: "Environment" },
  { place: "options", text: "Options" },
  { place: "data", text: "Raw data" },
].map(entryItem)}</ul></nav>
`;
}

function folding(title: string, entries: readonly Entry[]): Html {
  return html`<li><details><summary>${title} <span class="soft">(${entries.length})</span></summary>
<ul>
${entries.map(entryItem)}</ul>
</details></li>
`;
}

function entryItem({ place, text }: Entry): Html {
  return html`<li><a href="#${place}">${text}</a></li>\n`;
}

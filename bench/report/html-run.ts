import type { Run } from "../result.ts";
import { environmentFacts, type Fact, optionFacts } from "./facts.ts";
import { heading } from "./html-places.ts";
import { tableFrame } from "./html-table.ts";
import { type Html, html } from "./html-template.ts";
import { limitsOfTheFigures } from "./limits.ts";

export function limitsSection(run: Run): Html {
  return html`<section aria-labelledby="limits">
${heading(2, "limits", "What these numbers do not say")}
<ul>
${limitsOfTheFigures(run).map(({ what, why }) => html`<li><strong>${what}</strong> ${why}</li>\n`)}</ul>
</section>
`;
}

export function environmentSection(run: Run): Html {
  return html`<section aria-labelledby="environment">
${heading(2, "environment", "Environment")}
${factsTable("table-environment", "What the run was made on", environmentFacts(run))}
</section>
`;
}

export function optionsSection(run: Run): Html {
  return html`<section aria-labelledby="options">
${heading(2, "options", "Options")}
${factsTable("table-options", "What the run was told; the same options and seed give the same plan", optionFacts(run))}
</section>
`;
}

function factsTable(place: string, caption: string, facts: readonly Fact[]): Html {
  const content = html`<tbody>
${facts.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`)}</tbody>
`;
  return tableFrame({ place, caption, kind: "facts" }, content);
}

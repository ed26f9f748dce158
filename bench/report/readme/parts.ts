import { loadCharts } from "../../charts/index.ts";
import { verdictsOf } from "../../claims/index.ts";
import type { Run } from "../../result.ts";
import { browserTable } from "./browser-table.ts";
import { heldConnections } from "./held-connections.ts";
import { measured } from "./measured.ts";

/** What a run writes into README.md, by the names of its markers there. */
export type ReadmeParts = Readonly<Record<string, string>>;

/** Of the reference. Throws where it lacks a chart or a figure that the README is to show. */
export async function readmeParts(run: Run): Promise<ReadmeParts> {
  return {
    measured: measured(run, verdictsOf(run), await loadCharts()),
    "held-connections": heldConnections(run),
    browser: browserTable(run),
  };
}

/** Parts of a README stand between two comments, which GitHub does not show. */
const part = /(<!-- (?<name>[\w-]+): written by `npm run readme` -->\n).*?(<!-- \/\k<name> -->)/gs;

/**
 * The README with these parts in place of those that stand between its markers; without a reference nothing stands there.
 * Throws when the markers and the parts are not the same.
 */
export function readmeWith(readme: string, parts: ReadmeParts | undefined): string {
  const marked = [...readme.matchAll(part)].map(({ groups }) => groups?.name ?? "");
  const missing = Object.keys(parts ?? {}).filter((name) => !marked.includes(name));
  if (missing.length > 0)
    throw new Error(`expected markers for ${missing.join(", ")} in the README, got none`);
  return readme.replace(part, (_whole, begin: string, name: string, end: string) => {
    if (parts === undefined) return `${begin}${end}`;
    const text = parts[name];
    if (text === undefined) throw new Error(`expected a part for the marker ${name} of the README, got none`);
    return `${begin}\n${text}\n\n${end}`;
  });
}

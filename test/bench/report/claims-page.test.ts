import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { claims } from "../../../bench/claims/index.ts";
import { claimsPage } from "../../../bench/report/claims-page.ts";
import { projectFolder } from "../../../cli/project.ts";
import { claimOf, inventedClaims } from "../fixtures/claims.ts";

it("bench/claims/README.md is that of the present claims (npm run claims writes it)", () => {
  expect(readFileSync(new URL("bench/claims/README.md", projectFolder), "utf8")).toBe(claimsPage(claims));
});

it("has all of a claim that needs no run, thresholds and their reasons too", () => {
  const page = claimsPage(inventedClaims);
  expect(page).toContain(
    "| [A server that blocks while it waits idles away its time](#waiting-idles) | 30, 31 | 240,000,000 cycles idle per query |",
  );
  for (const text of [
    '<a id="waiting-idles"></a>\n\n## A server that blocks while it waits idles away its time\n',
    "[`waiting-idles`](waiting-idles.ts), slides 30, 31. 2011 said: **240,000,000 cycles idle per query**",
    "What nothing-lost states.",
    "What is to be known of nothing-lost.",
    "**How it is tested.** How nothing-lost is tested. (`waiting`)",
    "- answers a second, loop over blocking: at least 100×. Two orders of magnitude.",
    "**What would change the verdict.** What would change nothing-lost.",
  ])
    expect(page).toContain(text);
});

it("text cannot become markup", () => {
  const [first] = inventedClaims;
  if (first === undefined) throw new Error("expected a claim, got none");
  const evil = "<b>|*";
  const page = claimsPage([claimOf("evil", first.judge, { title: evil, statement: evil, said2011: evil })]);
  expect(page).not.toContain("<b>");
  expect(page).toContain("| [&lt;b&gt;\\|\\*](#evil) |");
});

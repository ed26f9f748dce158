import type { Beside } from "../claims/claim.ts";
import type { Finding, Verdict } from "../claims/verdict.ts";
import type { Run } from "../result.ts";
import type { VerdictRecord } from "../verdicts.ts";

/** What a run says of the claims, as `verdicts.json` holds it. */
export function verdictRecords(run: Run, verdicts: readonly Verdict[]): VerdictRecord[] {
  return verdicts.map(({ claim, ruling, findings, beside, open }) => ({
    claim: claim.name,
    title: claim.title,
    slides: [...claim.slides],
    said2011: claim.said2011,
    ruling,
    findings: findings.map(findingRecord),
    beside: beside.map(besideRecord),
    ...(open === undefined ? {} : { open }),
    conditions: run.scenarios
      .filter(({ name }) => claim.scenarios.includes(name))
      .map(({ name, conditions }) => ({ scenario: name, conditions: [...conditions] })),
    wouldChange: claim.wouldChange,
  }));
}

function findingRecord({ wanted, because, holds, ...beside }: Finding): VerdictRecord["findings"][number] {
  return { ...besideRecord(beside), wanted, because, holds };
}

function besideRecord({ what, unit, estimate }: Beside): VerdictRecord["beside"][number] {
  return { what, unit, estimate };
}

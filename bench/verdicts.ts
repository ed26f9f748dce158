/**
 * What a run says of the claims, for whoever reads it with a program: the shape of `verdicts.json`, of which
 * `verdicts.schema.json` is made. Made from `run.json` and this version's claims, and made again by `npm run report`.
 */
import { z } from "zod";
import { unit } from "./result.ts";

const estimate = z
  .object({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    n: z.int().nonnegative().describe("trials; of a share, tries"),
    basis: z
      .enum(["blocks", "exact share", "exact count", "assumed"])
      .describe(
        "where the interval from low to high comes from: 95 % by the bootstrap over blocks; the exact 95 % of a share; " +
          "nowhere, since a count of what happened is what it is; of fewer than six trials, what is assumed of a figure " +
          "of its nature",
      ),
  })
  .describe("a figure in its unit, and where the true one lies");

const missing = z.object({ missing: z.string().describe("why there is no estimate") });

const beside = z
  .object({ what: z.string(), unit, estimate: z.union([estimate, missing]) })
  .describe("a figure that a reader needs beside the findings, and that decides nothing");

const finding = beside
  .extend({
    wanted: z
      .object({ atLeast: z.number().optional(), atMost: z.number().optional() })
      .describe("where the whole interval has to lie"),
    because: z.string().describe("why the threshold lies where it does"),
    holds: z
      .enum(["yes", "no", "open"])
      .describe("open: the interval lies on both sides of a threshold, or there is no estimate"),
  })
  .describe("an estimate against what it has to be");

const scenarioConditions = z
  .object({ scenario: z.string(), conditions: z.array(z.string()) })
  .describe("what held for all trials of a scenario, as sentences");

const verdict = z.object({
  claim: z.string().describe("its name, also that of its file in bench/claims"),
  title: z.string().describe("what would be true if the claim holds"),
  slides: z.array(z.number()).describe("of the talk"),
  said2011: z.string().describe("the figure of the talk or of its source"),
  ruling: z
    .enum(["confirmed", "refuted", "inconclusive"])
    .describe("confirmed: every finding holds; refuted: one does not; else inconclusive"),
  findings: z.array(finding).min(1).describe("the first leads: it stands in the table of verdicts"),
  beside: z.array(beside),
  open: z
    .object({
      because: z.string(),
      settledBy: z.string().describe("a command, or words where none would do"),
    })
    .optional()
    .describe("of an inconclusive one alone"),
  conditions: z
    .array(scenarioConditions)
    .describe("of the scenarios it rests on, as far as the run has them"),
  wouldChange: z.string().describe("what somebody would have to show for the verdict to change"),
});

export const verdictsShape = z.array(verdict).describe("every claim, in the order of the talk");

export type VerdictRecord = z.infer<typeof verdict>;

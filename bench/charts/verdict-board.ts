import { isMissing } from "../claims/estimate.ts";
import { verdictsOf } from "../claims/index.ts";
import type { Finding, Verdict } from "../claims/verdict.ts";
import { counted } from "../report/format.ts";
import { assumedRemark, estimateText, isAssumed, verdictTable, wantedText } from "../report/verdicts.ts";
import type { Run } from "../result.ts";
import type { Chart, Picture } from "./chart.ts";
import { type BoardRow, boardRows } from "./drawing/board-rows.ts";
import { conditionsText } from "./drawing/layout.ts";
import { marginOf } from "./verdict-margin.ts";

const chart: Chart = {
  name: "verdict-board",
  // Of all: the report shows it with the verdicts, and with no scenario.
  scenario: "verdicts",
  claims: [],
  description:
    "The claims of the talk, one row each: what was said in 2011, what this run measured, on which side of its threshold that lies, and the verdict in a word.",

  picture: (run) => verdictBoard(run),
};

export default chart;

/** Which of so many equal parts of the board. */
export interface BoardPart {
  /** From 1. */
  readonly part: number;
  readonly of: number;
}

/** The board, or a part of it for a page that has no room for all; undefined where the run has evidence for no claim. */
export function verdictBoard(run: Run, { part, of }: BoardPart = { part: 1, of: 1 }): Picture | undefined {
  const verdicts = verdictsOf(run);
  const table = verdictTable(run, verdicts);
  const size = Math.ceil(table.rows.length / of);
  const rows = table.rows.slice(size * (part - 1), size * part);
  if (rows.length === 0) return undefined;
  const shown = new Set(table.rows.map(({ verdict }) => verdict.claim.name));
  const others = verdicts.filter(({ claim }) => !shown.has(claim.name)).map(({ claim }) => claim.title);
  const remarks = rows.some(({ verdict }) => isAssumed(verdict.findings[0].estimate)) ? [assumedRemark] : [];
  const pages = of === 1 ? "" : ` (${part} of ${of})`;
  return {
    spec: boardRows({
      question: `What the talk of 2011 claimed, and what was measured${pages}`,
      explanation: [
        table.counts,
        "The line is the threshold, and the right of it where the claim holds. Filled: the figure that is named, with its 95 % interval. Open: what else must hold. An arrow: further than a hundredfold.",
        conditionsText(run, trialsText(rows.map(({ verdict }) => verdict))),
      ],
      rows: rows.map(({ verdict, said2011 }) => boardRow(verdict, said2011)),
      footnotes: [
        ...remarks,
        ...(others.length === 0 || part < of
          ? []
          : [
              `Without evidence in this run, ${counted(others.length, "claim")}: ${others.map((title) => `“${title}”`).join(", ")}.`,
            ]),
      ],
    }),
    table: {
      columns: ["claim", "2011 said", "figure", "measured", "wanted", "verdict"],
      rows: rows.map(({ verdict, title, said2011, measured, ruling }) => {
        const [lead] = verdict.findings;
        return { cells: [title, said2011, lead.what, withTrials(lead, measured), wantedText(lead), ruling] };
      }),
    },
  };
}

function boardRow({ claim, ruling, findings }: Verdict, said2011: string): BoardRow {
  const [lead, ...others] = findings;
  const missing = isMissing(lead.estimate) ? `: ${lead.estimate.missing}` : "";
  return {
    title: claim.title,
    said2011,
    measured: withTrials(lead, estimateText(lead)),
    what: `${lead.what}${missing}`,
    wanted: wantedText(lead),
    ruling,
    margin: marginOf(lead),
    besides: others.flatMap((finding) => {
      const margin = marginOf(finding);
      return typeof margin === "string"
        ? []
        : [{ ...margin, what: finding.what, measured: withTrials(finding, estimateText(finding)) }];
    }),
  };
}

/** `n = 1 to 1,000, as beside each figure`: trials, and of shares tries. */
function trialsText(verdicts: readonly Verdict[]): string {
  const counts = verdicts.flatMap(({ findings: [{ estimate }] }) =>
    isMissing(estimate) ? [] : [estimate.n],
  );
  if (counts.length === 0) return "no completed trial";
  const [least, most] = [Math.min(...counts), Math.max(...counts)].map((count) => count.toLocaleString("en"));
  return `n = ${least === most ? most : `${least} to ${most}`}, as beside each figure`;
}

/** How many trials it is of, where the figure does not say so itself. */
function withTrials({ estimate }: Finding, text: string): string {
  if (isMissing(estimate) || estimate.basis === "exact share") return text;
  return `${text}, n = ${estimate.n.toLocaleString("en")}`;
}

import { type Cell, cellsOf } from "../report/cells.ts";
import { formatEstimate, formatFigure } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { countText } from "../report/trials-text.ts";
import type { Arm } from "../result.ts";
import { binomialInterval } from "../stats/binomial.ts";
import type { Chart, PictureRow } from "./chart.ts";
import { conditionsText } from "./drawing/layout.ts";
import { type ShareRow, shareRows } from "./drawing/share-rows.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";

const chart: Chart = {
  name: "poison-counts",
  scenario: "poisoning",
  claims: ["masking-resolves-the-flaw", "wss-not-affected", "flaw-affects-all-sockets"],
  description:
    "For each kind of frame, how many of the tries put the attacker's script into the proxy's cache, as a share from 0 to 100 % with its exact interval.",

  picture(run) {
    const scenario = run.scenarios.find(({ name }) => name === this.scenario);
    const cells = cellsOf(run, this.scenario);
    if (scenario?.arms === undefined || cells.length === 0) return undefined;
    const rows = scenario.arms.map((arm) =>
      rowOf(
        arm,
        cells.find((cell) => cell.arm === arm.name),
      ),
    );
    return {
      spec: shareRows({
        question: scenario.question,
        explanation: [
          "Tries that poisoned the cache, of all tries. In brackets, and as a bar: the exact 95 % interval (Clopper and Pearson) of the share; where no bar shows, it is narrower than the symbol.",
          conditionsText(run, `${countText(cells)}; n tries each as counted at the right`),
        ],
        axisTitle: "tries that poisoned the cache, %",
        columns: ["poisoned", "share and interval"],
        rows,
        footnotes: [
          "The proxy has the flaw by design: this tells which frames let the attack through, not how many proxies there are that have it.",
          ...markedRemarks(cells),
        ],
      }),
      table: {
        columns: ["kind of frame", "poisoned", "share and exact 95 % interval"],
        rows: rows.map(tableRow),
      },
    };
  },
};

export default chart;

function rowOf({ name: arm, summary }: Arm, cell: Cell | undefined): ShareRow {
  if (cell === undefined) return { arm, summary, marks: "", state: "not run", message: "not run" };
  const about = { arm, summary, marks: marksOf(cell), state: stateInShort(cell) };
  const [hits, tries] = [total(cell, "poisoned"), total(cell, "tries")];
  if (hits === undefined || !tries) return { ...about, message: stateMessage(cell) ?? "not read" };
  const { low, high } = binomialInterval(hits, tries);
  const share = { value: (100 * hits) / tries, low: 100 * low, high: 100 * high };
  return {
    ...about,
    share,
    texts: [
      `${formatFigure(hits, "count")} of ${formatFigure(tries, "count")}`,
      formatEstimate(share, "percent"),
    ],
  };
}

/** Over all trials: tries are as many whichever trial they were in. */
function total(cell: Cell, figure: string): number | undefined {
  const values = cell.trials.flatMap(({ outcome }) =>
    outcome.state === "completed" ? [outcome.figures[figure]] : [],
  );
  const read = values.filter((value) => value !== undefined);
  return read.length === 0 ? undefined : read.reduce((sum, value) => sum + value, 0);
}

function tableRow({ arm, marks, message = "not read", texts = [message, message] }: ShareRow): PictureRow {
  return { cells: [`${arm}${marks}`, ...texts] };
}

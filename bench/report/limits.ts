import type { Run } from "../result.ts";
import { networkText } from "./run-text.ts";

/** A thing that the figures of a run do not say. */
export interface Limit {
  readonly what: string;
  readonly why: string;
}

export function limitsOfTheFigures(run: Run): Limit[] {
  return [networkLimit(run), ...limitsOfAnyRun];
}

function networkLimit({ network }: Run): Limit {
  if (network.roundTripMs === 0) {
    return {
      what: "How it is over a network.",
      why:
        "Server and load share one machine and talk over loopback, where a round trip costs next to nothing; a " +
        "transport that needs more round trips looks better here than it is far away.",
    };
  }
  return {
    what: "How it is over any other network.",
    why:
      `Server and load share one machine, and a relay between them makes a network of it: ${networkText(network)}. ` +
      "It loses no packet and is as good at all times, which no network far away is.",
  };
}

const limitsOfAnyRun: readonly Limit[] = [
  {
    what: "How it is with real work.",
    why: "The service does almost nothing per event, so what is measured is the waiting and the moving of bytes.",
  },
  {
    what: "How it is elsewhere.",
    why: "The figures hold for this machine, this version of Node.js and these packages.",
  },
  {
    what: "What a thread costs as such.",
    why:
      "The thread servers run on V8 isolates (Node.js worker threads), which are far heavier than bare OS " +
      "threads.",
  },
  {
    what: "Which of two near results is better.",
    why:
      "Where the intervals of two servers overlap, or the ranges of fewer trials, the run has not told them " +
      "apart. A figure is bold only where it is told apart from all others of its column, as the best; fewer " +
      "than four trials tell nothing apart.",
  },
];

/** A thing that the figures of no run say. */
export interface Limit {
  readonly what: string;
  readonly why: string;
}

export const limitsOfTheFigures: readonly Limit[] = [
  {
    what: "How it is over a network.",
    why:
      "Server and load share one machine and talk over loopback, where a round trip costs next to nothing; a " +
      "transport that needs more round trips looks better here than it is far away.",
  },
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
      "apart. A figure is bold only where it is told apart from all others of its column, as the best; one " +
      "trial tells nothing apart.",
  },
];

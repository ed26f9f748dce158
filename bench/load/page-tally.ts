/**
 * What the load does inside a page. The page gets this as text, before its own scripts, so nothing here may use an
 * import or another function of this file.
 */

/** An event of the load, as the page's own code had it. */
export interface PageReceipt {
  readonly id: number;
  readonly intendedMs: number;
  /** On the page's clock: `performance.timeOrigin + performance.now()`. */
  readonly receivedAtMs: number;
}

export interface PageTally {
  /** Every event of the load since the last reset, in the order in which they came. */
  readonly receipts: PageReceipt[];
  /** How often the page has lost its connection; never forgotten. */
  lost: number;
  /** Waits until so many events have come since the reset, at most `timeoutMs`; gives how many are missing then. */
  awaitEvents(wanted: number, timeoutMs: number): Promise<number>;
}

interface EventReceived {
  readonly detail: {
    readonly event: { readonly id: number; readonly data: unknown };
    readonly receivedAtMs: number;
  };
}

/** Of the page, as far as it is used here: the rest of the project knows no browser. */
declare const document: {
  readonly documentElement: { readonly dataset: { readonly connection?: string } };
  addEventListener(type: "eventreceived", listener: (event: EventReceived) => void): void;
};
declare const MutationObserver: new (
  changed: () => void,
) => { observe(node: typeof document, options: Readonly<Record<string, unknown>>): void };

/** Has the page tally what it receives, as the global `loadTally`. */
export function installTally(): void {
  let wake = () => {};
  let live = false;
  const tally: PageTally = {
    receipts: [],
    lost: 0,
    awaitEvents: (wanted, timeoutMs) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          wake = () => {};
          resolve(Math.max(0, wanted - tally.receipts.length));
        };
        const timer = setTimeout(finish, timeoutMs);
        wake = () => {
          if (tally.receipts.length >= wanted) finish();
        };
        wake();
      }),
  };
  document.addEventListener("eventreceived", ({ detail: { event, receivedAtMs } }) => {
    const { data } = event;
    const ours =
      typeof data === "object" &&
      data !== null &&
      "intendedMs" in data &&
      typeof data.intendedMs === "number";
    if (!ours) return;
    tally.receipts.push({ id: event.id, intendedMs: data.intendedMs as number, receivedAtMs });
    wake();
  });
  const connectionChanged = new MutationObserver(() => {
    const liveNow = document.documentElement.dataset.connection === "live";
    if (live && !liveNow) tally.lost++;
    live = liveNow;
  });
  connectionChanged.observe(document, { subtree: true, attributeFilter: ["data-connection"] });
  Object.assign(globalThis, { loadTally: tally });
}

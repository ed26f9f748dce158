import type { BrowserContext, Page } from "../../cli/chromium.ts";
import { count } from "./counts.ts";
import { agreed, type ClockLead, estimateOf, readClockLead } from "./page-clock.ts";
import { installTally, type PageTally } from "./page-tally.ts";

/** In the page, where `installTally` has put it. */
declare const loadTally: PageTally;

/** What a page has received since the last reset. */
export interface PageReceived {
  readonly latenciesMs: readonly number[];
  readonly repeated: number;
  /** How far each latency may be off, because the page has a clock of its own. */
  readonly clockUncertaintyMs: number;
}

/** A page of a server, open in the browser: one subscriber, over whatever its own scripts make of the transport. */
export class SubscribedPage {
  /** What went wrong on it so far: each reason, and how often. */
  readonly ended: Record<string, number> = {};
  readonly #page: Page;
  readonly #askMs: () => Promise<number>;
  #lead: ClockLead | undefined;
  #lastId = 0;

  private constructor(page: Page, askMs: () => Promise<number>) {
    this.#page = page;
    this.#askMs = askMs;
    page.on("crash", () => count(this.ended, "the page crashed"));
    page.on("pageerror", ({ message }) => count(this.ended, `the page failed: ${message}`));
  }

  /** Opens the page at `url` and waits until it is connected. Rejects when that takes longer than `timeoutMs`. */
  static async open(context: BrowserContext, url: string, timeoutMs: number): Promise<SubscribedPage> {
    const page = await context.newPage();
    await page.addInitScript(installTally);
    // Asked as directly as may be: what lies between adds to what is not known of the clock.
    const devTools = await context.newCDPSession(page);
    const subscribed = new SubscribedPage(page, async () => {
      const expression = "performance.timeOrigin + performance.now()";
      const { result } = await devTools.send("Runtime.evaluate", { expression, returnByValue: true });
      return Number(result.value);
    });
    await page.goto(url, { timeout: timeoutMs });
    await page.waitForSelector('html[data-connection="live"]', { state: "attached", timeout: timeoutMs });
    return subscribed;
  }

  /** Forgets what it received so far, and reads its clock. */
  async reset(): Promise<void> {
    await this.#forget();
    this.#lead = await readClockLead(this.#askMs);
  }

  /** Waits until it has had so many events since the reset, at most `timeoutMs`; gives how many are missing then. */
  awaitEvents(wanted: number, timeoutMs: number): Promise<number> {
    return this.#page.evaluate(([events, ms]) => loadTally.awaitEvents(events, ms), [
      wanted,
      timeoutMs,
    ] as const);
  }

  /** What it received since the reset. Rejects where its clock has moved against the load's meanwhile. */
  async collect(): Promise<PageReceived> {
    const now = await readClockLead(this.#askMs);
    const { leadMs, uncertaintyMs } = estimateOf(this.#lead === undefined ? now : agreed(this.#lead, now));
    const { receipts, lost } = await this.#page.evaluate(() => ({
      receipts: loadTally.receipts,
      lost: loadTally.lost,
    }));
    if (lost > 0) this.ended["the page lost its connection"] = lost;
    const latenciesMs: number[] = [];
    let repeated = 0;
    for (const { id, intendedMs, receivedAtMs } of receipts) {
      if (id <= this.#lastId) repeated++;
      else latenciesMs.push(receivedAtMs - leadMs - intendedMs);
      this.#lastId = Math.max(this.#lastId, id);
    }
    return { latenciesMs, repeated, clockUncertaintyMs: uncertaintyMs };
  }

  /** The ids that were had stay had: one of them that comes again is a repeated one. */
  async #forget(): Promise<void> {
    const ids = await this.#page.evaluate(() => loadTally.receipts.splice(0).map(({ id }) => id));
    this.#lastId = Math.max(this.#lastId, ...ids);
  }
}

import type { Browser, ConsoleMessage, Page, Request } from "../../cli/chromium.ts";
import { within } from "../../conformance/wait.ts";
import { type Heard, tellAll } from "./in-page.ts";

/** How long anything that is waited for may take: many times what it takes on a slow machine. */
const deadlineMs = 30_000;

/** What was seen of a page, and beside it, in the order in which it was seen. */
export type Seen =
  | Heard
  | { readonly kind: "step"; readonly number: number }
  | { readonly kind: "recording"; readonly sid: string; readonly status: number };

/**
 * What Chromium says of a connection that is broken, or cannot be made, because its server is dead. `AbortError` and the
 * like are not among these: they would be the page's own.
 */
const brokenConnection =
  /net::ERR_(?:CONNECTION_(?:REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)\b/;

/** A page that is open in the browser, and all that happens to it. */
export class Witness {
  readonly page: Page;
  readonly seen: Seen[] = [];
  /** What should not have been: errors of the page's scripts, in its console, and of its requests. */
  readonly faults: string[] = [];
  /** Of these, what the death of a server brings with it, while it was known to be dead. */
  readonly broken: string[] = [];
  readonly #origin: string;
  #isDead = false;
  #look = () => {};

  private constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  /** Opens `path` of the server at `origin`, in a context of its own. */
  static async open(browser: Browser, origin: string, path = "/"): Promise<Witness> {
    const context = await browser.newContext();
    const page = await context.newPage();
    const witness = new Witness(page, origin);
    page.on("pageerror", ({ message }) => witness.faults.push(`threw: ${message}`));
    page.on("console", (message) => witness.#hearConsole(message));
    page.on("requestfailed", (request) => witness.#hearFailed(request));
    page.on("response", (response) => {
      const sid = /\/recordings\/(RE\w+)\.wav\?key=/.exec(response.url())?.[1];
      if (sid !== undefined) witness.see({ kind: "recording", sid, status: response.status() });
    });
    await page.exposeFunction("tell", (heard: Heard) => witness.see(heard));
    await page.addInitScript(tellAll);
    await page.goto(origin + path);
    return witness;
  }

  see(seen: Seen): void {
    this.seen.push(seen);
    this.#look();
  }

  /** From here on its server is dead, until `serverIsBack`. */
  serverIsDead(): void {
    this.#isDead = true;
  }

  serverIsBack(): void {
    this.#isDead = false;
  }

  /** Waits until something has been seen, from `from` on; gives its place. */
  async until(what: string, wanted: (seen: Seen) => boolean, from = 0): Promise<number> {
    const found = () => this.seen.findIndex((seen, index) => index >= from && wanted(seen));
    const place = new Promise<number>((resolve) => {
      const before = this.#look;
      this.#look = () => {
        before();
        const index = found();
        if (index >= 0) resolve(index);
      };
      this.#look();
    });
    try {
      return await within(deadlineMs, what, place);
    } catch (error) {
      throw new Error(
        `${error instanceof Error ? error.message : error}; seen: ${JSON.stringify(this.seen)}; faults: ${this.faults.join("; ")}`,
      );
    }
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  #hearConsole(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    this.#take(`console: ${message.text()}`, message.location().url);
  }

  #hearFailed(request: Request): void {
    const why = request.failure()?.errorText ?? "";
    // A player gives up what it no longer needs when it goes elsewhere in a recording.
    if (request.resourceType() === "media" && why === "net::ERR_ABORTED") return;
    this.#take(`request: ${request.method()} ${request.url()}: ${why}`, request.url());
  }

  #take(fault: string, url: string): void {
    const ours = url.replace(/^ws/, "http").startsWith(this.#origin);
    (this.#isDead && ours && brokenConnection.test(fault) ? this.broken : this.faults).push(fault);
  }
}

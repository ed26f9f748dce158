import type { Browser, Page } from "../../cli/chromium.ts";

/** What a page may ask for: files, what it carries in itself, and this machine. */
const ownProtocols = ["file:", "data:", "blob:", "about:"];
const ownHosts = /^(127(\.\d+){3}|localhost|\[::1\])$/;

export function staysHere(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return ownProtocols.includes(protocol) || ownHosts.test(hostname);
}

/** A page of which nothing is overlooked that it says or asks for. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of its scripts and in its console, and requests that failed or would leave the machine. */
  readonly faults: string[];
  close(): Promise<void>;
}

/** Opens an empty page of this size, in a context of its own. No request of it leaves the machine. */
export async function openWatched(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport });
  const faults: string[] = [];
  await context.route(
    (url) => !staysHere(url.href),
    (route) => {
      faults.push(`asked elsewhere: ${route.request().url()}`);
      return route.abort();
    },
  );
  await context.routeWebSocket(
    (url) => !staysHere(url.href),
    (socket) => {
      faults.push(`asked elsewhere: ${socket.url()}`);
      return socket.close();
    },
  );
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => void faults.push(`threw: ${message}`));
  page.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    // Told already where it was not let out.
    if (staysHere(request.url()))
      faults.push(`request: ${request.url()}: ${request.failure()?.errorText ?? "failed"}`);
  });
  return { page, faults, close: () => context.close() };
}

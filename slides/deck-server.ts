/** Serves the built deck on this machine, and takes the audience's wish for another call. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { CannotRun } from "../cli/command.ts";
import { closeHttpServer, createHttpServer, listen, portOf } from "../servers/http/http-server.ts";
import { Origins } from "../servers/service/origin.ts";
import { startAdvice } from "../servers/start-advice.ts";
import { callPath } from "./live/embed.ts";

const host = "127.0.0.1";
const requestTimeoutMs = 10_000;

/** For answers under way when it closes. */
const graceMs = 500;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** What is served, once it is there. */
export interface Shown {
  readonly folder: string;
  /** Addresses of the pages that the deck shows in frames. */
  readonly framed: readonly string[];
  readonly placeCall: () => void;
}

export class DeckServer {
  readonly #server: Server;
  readonly #origins = new Origins({ allowedOrigins: [], publicUrl: "" });
  #shown: Shown | undefined;

  private constructor() {
    const options = { requestTimeoutMs, allowedOrigins: [], publicUrl: "" };
    this.#server = createHttpServer(options, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
    });
  }

  /** Takes the port; 0: any free one. What it serves is told later, since pages have to know where it is. */
  static async listen(port: number): Promise<DeckServer> {
    const deck = new DeckServer();
    try {
      await listen(deck.#server, host, port);
    } catch (cause) {
      const got = cause instanceof Error ? cause.message : String(cause);
      throw new CannotRun({ expected: "to serve the deck", got, next: startAdvice(got) }, { cause });
    }
    return deck;
  }

  get address(): string {
    return `http://${host}:${portOf(this.#server)}`;
  }

  /** Every origin that the deck may have. */
  get origins(): readonly string[] {
    return [this.address, `http://localhost:${portOf(this.#server)}`];
  }

  show(shown: Shown): void {
    this.#shown = shown;
  }

  close(): Promise<void> {
    return closeHttpServer(this.#server, [], graceMs);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined) return refuse(response, 503, "the deck is not built yet; ask again");
    const path = pathOf(request);
    if (path === callPath) return this.#takeWish(request, response, shown);
    if (request.method !== "GET" && request.method !== "HEAD")
      return refuse(response, 405, `expected GET or HEAD, got ${request.method}`, { Allow: "GET, HEAD" });
    const bytes = path === undefined ? undefined : await fileAt(shown.folder, path);
    if (path === undefined || bytes === undefined)
      return refuse(response, 404, `expected a file of the deck, got ${path ?? request.url}`);
    const type = types[extname(path)] ?? types[".html"];
    response.writeHead(200, { ...headersOf(shown), "Content-Type": type, "Content-Length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
  }

  /** 204: the browser stays where it is. Only from a page of the deck itself. */
  #takeWish(request: IncomingMessage, response: ServerResponse, { placeCall }: Shown): void {
    request.resume();
    if (request.method !== "POST") {
      refuse(response, 405, `expected POST, got ${request.method}`, { Allow: "POST" });
    } else if (this.#origins.admits(request)) {
      placeCall();
      response.writeHead(204).end();
    } else {
      refuse(response, 403, `expected a page of the deck, got ${request.headers.origin}`);
    }
  }
}

/** A path of plain names; undefined for one that could lead out of the folder. */
function pathOf({ url = "/" }: IncomingMessage): string | undefined {
  const [path = "/"] = url.split(/[?#]/, 1);
  if (path === "/") return "/index.html";
  return /^(?:\/[\w-][\w.-]*)+$/.test(path) ? path : undefined;
}

async function fileAt(folder: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Nothing from outside, save the pages that it shows. Scripts and styles of its own may stand in it. */
function headersOf({ framed }: Shown): Record<string, string> {
  const frames = ["'self'", ...new Set(framed.map((address) => new URL(address).origin))].join(" ");
  return {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": `default-src 'self' data:; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-src ${frames}; base-uri 'none'; form-action 'self'; frame-ancestors 'self'`,
    // With `no-referrer` a browser would not say either where a form is sent from (Fetch standard, "append an Origin header").
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers });
  response.end(`${message}\n`);
}

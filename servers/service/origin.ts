/**
 * Which web pages may use this server. A page that a user has open can reach whatever the user's machine can
 * reach, a server on its loopback too, so who calls is asked of the browser: it says in `Origin` where the page
 * comes from (RFC 6454), and no page can make it say otherwise.
 */
import type { ServerOptions } from "../contract.ts";
import type { HttpRequest } from "./http-answer.ts";
import { headerOf } from "./webhooks/dialect.ts";

type Headers = Pick<HttpRequest, "headers">;

/** The origins whose pages a server serves: its own, that of its public address, and those it was told of. */
export class Origins {
  /** Those beside its own. */
  readonly allowed: ReadonlySet<string>;
  readonly #names: ReadonlySet<string>;

  /** Throws when what it was told is no origin. */
  constructor({ allowedOrigins, publicUrl }: Pick<ServerOptions, "allowedOrigins" | "publicUrl">) {
    const urls = allowedOrigins.map((origin) => parse("allowedOrigins", origin));
    const publicly = publicUrl === "" ? [] : [parse("publicUrl", publicUrl)];
    this.allowed = new Set([...urls, ...publicly].map(({ origin }) => origin));
    this.#names = new Set(["localhost", ...publicly.map(({ hostname }) => hostname)]);
  }

  /**
   * Whether whoever sends this request may open a socket. A browser lets every page open a WebSocket to every
   * server, and leaves it to the server to look at the origin (RFC 6455, section 10.2).
   *
   * Without `Origin` it is no page, but a program, which could say what it likes. `null`, which is what a page in
   * a sandbox or from a file has, is nobody's.
   */
  admits(request: Headers): boolean {
    const origin = headerOf(request, "origin");
    return origin === undefined || this.allowed.has(origin) || this.#isOwn(origin, request);
  }

  /**
   * The header fields by which a page of another origin may read an answer; for all others none, and then the
   * browser keeps the answer from the page. Source: the Fetch standard, "CORS protocol".
   */
  fieldsFor(request: Headers): Readonly<Record<string, string>> {
    const origin = headerOf(request, "origin");
    if (origin === undefined || !this.allowed.has(origin)) return noFields;
    return { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
  }

  /** What a page is told that may not open a socket. */
  refusal(request: Headers): string {
    const origin = headerOf(request, "origin");
    return `expected a page of this server or of an allowed origin, got ${origin}; to allow it, start the server with --allowed-origins ${origin}`;
  }

  /**
   * The page comes from the very address that the request was sent to. That alone proves nothing: the owner of a
   * foreign name can let it point to this machine after the page has been loaded (DNS rebinding), and then both
   * say the foreign name. So it must be an address that nobody else can let point anywhere: a number,
   * `localhost`, or the name of the public address.
   */
  #isOwn(origin: string, request: Headers): boolean {
    if (origin !== `http://${headerOf(request, "host")}` || !URL.canParse(origin)) return false;
    const { hostname, origin: written } = new URL(origin);
    if (written !== origin) return false;
    return this.#names.has(hostname) || address.test(hostname);
  }
}

const noFields = {};

/** An IP address as `URL` writes it: no name is of this form. */
const address = /^(?:[\d.]+|\[[\da-f:]+\])$/;

function parse(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Nothing behind it: what stands there would not be looked at, whatever is meant by it.
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url;
  throw new Error(`expected ${option} as http://host:port or https://host, got "${text}"; correct it`);
}

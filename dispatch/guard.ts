import { isIP, type LookupFunction } from "node:net";
import { isLoopbackAddress, isPublicAddress } from "./addresses.ts";

/** A target must not be asked; the message says what was expected and what came. */
export class ForbiddenTarget extends Error {
  override name = "ForbiddenTarget";
}

/** All addresses of a name, in the order in which they are to be tried. Rejects when the signal is aborted. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<readonly ResolvedAddress[]>;

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/**
 * Guards against requests forged through the dispatcher (SSRF): what may be asked, and at what address.
 *
 * A check when a subscription is made is not enough, for a name may point elsewhere by the time of a delivery. So
 * each connection goes to an address that was checked just before, and no name is looked up a second time.
 */
export class Guard {
  readonly #resolve: Resolve;
  readonly #allowLoopback: boolean;
  readonly #source: URL | undefined;

  /** `source`: the server whose events are delivered. Sent to itself, each would make another. */
  constructor(options: {
    readonly resolve: Resolve;
    readonly allowLoopback: boolean;
    readonly source?: string;
  }) {
    this.#resolve = options.resolve;
    this.#allowLoopback = options.allowLoopback;
    this.#source = options.source === undefined ? undefined : new URL(options.source);
  }

  /**
   * The URL of a target, if its text alone does not forbid it. An address in it is checked here, in whatever form
   * it was written (`http://2130706433/`, `http://0x7f.1/`), for the parser of URLs writes it anew.
   */
  parse(text: string): URL {
    if (!URL.canParse(text)) throw new ForbiddenTarget(`expected an absolute URL, got ${quoted(text)}`);
    const url = new URL(text);
    if (url.username !== "" || url.password !== "")
      throw new ForbiddenTarget("expected a URL without user and password, got one with");
    if (!isOrdinary(url) && !(this.#allowLoopback && isHttp(url))) {
      const got = `${url.protocol}// and port ${url.port || "by default"}`;
      throw new ForbiddenTarget(`expected https:// and port 443 or 80, got ${got}`);
    }
    if (url.origin === this.#source?.origin) throw new ForbiddenTarget(notTheSource);
    const hostname = hostnameOf(url);
    if (isIP(hostname) !== 0) this.#check(url, hostname);
    return url;
  }

  /** The addresses that this URL may be asked at: those of its host, if every one is allowed. */
  async addresses(url: URL, signal: AbortSignal): Promise<readonly ResolvedAddress[]> {
    const hostname = hostnameOf(url);
    const family = isIP(hostname);
    const addresses = family === 0 ? await this.#resolve(hostname, signal) : [{ address: hostname, family }];
    if (addresses.length === 0)
      throw new ForbiddenTarget(`expected ${hostname} to have an address, got none`);
    for (const { address } of addresses) this.#check(url, address);
    return addresses;
  }

  /** For `node:http` and `node:https`: where to connect to for this URL. */
  lookup(url: URL, signal: AbortSignal): LookupFunction {
    return (_hostname, options, callback) => {
      this.addresses(url, signal).then(
        (addresses) => {
          if (options.all) return callback(null, [...addresses]);
          const [{ address, family } = { address: "", family: 0 }] = addresses;
          return callback(null, address, family);
        },
        (error: NodeJS.ErrnoException) => callback(error, ""),
      );
    };
  }

  #check(url: URL, address: string): void {
    if (this.#isSource(url, address)) throw new ForbiddenTarget(notTheSource);
    if (isOrdinary(url) && isPublicAddress(address)) return;
    if (this.#allowLoopback && isLoopbackAddress(address)) return;
    const allowed = isOrdinary(url) ? "public addresses" : "loopback, for http or this port,";
    throw new ForbiddenTarget(`expected ${hostnameOf(url)} to have ${allowed} only, got ${address}`);
  }

  /** Whether an address is that of the server whose events are delivered, if this host runs it: it has many names. */
  #isSource({ port }: URL, address: string): boolean {
    if (this.#source === undefined || port !== this.#source.port || !isLoopbackAddress(address)) return false;
    const hostname = hostnameOf(this.#source);
    return hostname === "localhost" || isLoopbackAddress(hostname);
  }
}

const notTheSource = "expected a target other than the server whose events are delivered, got that server";

/** What is allowed of a target on the public internet. */
function isOrdinary({ protocol, port }: URL): boolean {
  return protocol === "https:" && (port === "" || port === "80");
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}

function hostnameOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}

import { randomBytes } from "node:crypto";
import { wrongMethod } from "../servers/service/answer.ts";
import { errorAnswer, type HttpAnswer, type HttpRequest } from "../servers/service/http-answer.ts";
import { pathOf } from "../servers/service/target.ts";
import { mediaTypeOf } from "../servers/service/webhooks/dialect.ts";
import { parseJson } from "../servers/service/webhooks/json.ts";

/** An address at which one answer is awaited. */
export interface Callback {
  readonly url: string;
  readonly answer: Promise<unknown>;
  /** No answer is awaited any more. */
  close(): void;
}

/**
 * Addresses at which answers come later. Whoever knows one may answer, for it cannot be guessed (a capability
 * URL), and once only.
 */
export class Callbacks {
  readonly #baseUrl: string;
  readonly #awaited = new Map<string, (value: unknown) => void>();

  /** `baseUrl`: `http://host:port` of the server that hands requests to `receive`. */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  open(): Callback {
    const capability = randomBytes(32).toString("base64url");
    const answer = new Promise((resolve) => this.#awaited.set(capability, resolve));
    const close = () => this.#awaited.delete(capability);
    return { url: `${this.#baseUrl}/callbacks/${capability}`, answer, close };
  }

  /** The answer to a request for a callback; undefined for other paths. */
  receive(request: HttpRequest): HttpAnswer | undefined {
    const capability = /^\/callbacks\/([^/]+)$/.exec(pathOf(request.target))?.[1];
    if (capability === undefined) return undefined;
    if (request.method !== "POST") return wrongMethod(request.method, "POST");
    const resolve = this.#awaited.get(capability);
    if (resolve === undefined)
      return errorAnswer(404, "expected an answer that is awaited, got one that came too late, or again");
    if (mediaTypeOf(request) !== "application/json")
      return errorAnswer(415, "expected Content-Type: application/json, got another");
    const parsed = parseJson(request.body);
    // It may try again with a better one.
    if ("error" in parsed) return errorAnswer(400, parsed.error);
    this.#awaited.delete(capability);
    resolve(parsed.value);
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  }
}

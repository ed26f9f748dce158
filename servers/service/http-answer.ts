/** An HTTP request, read to its end, as the service sees it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** An HTTP response, complete. The server adds Date, Content-Length and what its connection needs. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request that its sender must change; the message says what was expected and what came. */
export class BadRequest extends Error {
  override name = "BadRequest";
}

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return jsonBody(status, Buffer.from(JSON.stringify(value)), headers);
}

/** A browser takes an answer for what it is called, never for what its bytes look like: they may be a stranger's. */
export const noSniffing = { "X-Content-Type-Options": "nosniff" } as const;

/** As `jsonAnswer`, for a body that is JSON text already. */
export function jsonBody(status: number, body: Buffer, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...noSniffing, ...headers },
    body,
  };
}

/** The form of every refusal: `{ "error": "expected ..., got ..." }`. */
export function errorAnswer(status: number, error: string, headers: Record<string, string> = {}): HttpAnswer {
  return jsonAnswer(status, { error }, headers);
}

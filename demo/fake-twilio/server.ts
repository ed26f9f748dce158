/** The telephone company's own HTTP API, as far as a receiver of webhooks needs it: recordings by their id. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type Server } from "node:http";
import { parseRange } from "../../servers/service/byte-range.ts";
import { isToken } from "../../servers/service/webhooks/signature.ts";

export interface Account {
  readonly accountSid: string;
  readonly authToken: string;
}

/** How many of the newest recordings are kept: each is some 100 kB. */
const keptRecordings = 200;

/** Recordings by their id (`RE` and 32 digits), the oldest of too many forgotten. */
export class Recordings {
  readonly #bytes = new Map<string, Buffer>();

  keep(sid: string, wav: Buffer): void {
    this.#bytes.set(sid, wav);
    const [oldest] = this.#bytes.keys();
    if (this.#bytes.size > keptRecordings && oldest !== undefined) this.#bytes.delete(oldest);
  }

  get(sid: string): Buffer | undefined {
    return this.#bytes.get(sid);
  }
}

/** Path of a recording, without what says its format. */
export function recordingPath(accountSid: string, sid: string): string {
  return `/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
}

/** Serves the recordings of one account on a free port of 127.0.0.1. */
export async function startApi(account: Account, recordings: Recordings): Promise<Server> {
  const server = createServer((request, response) => {
    const { status, headers, body } = answerTo(request, account, recordings);
    response.writeHead(status, { ...headers, "Content-Length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

function answerTo(request: IncomingMessage, account: Account, recordings: Recordings): Answer {
  if (!isAuthorized(account, request.headers.authorization)) {
    const headers = { "WWW-Authenticate": 'Basic realm="Twilio API"' };
    return refusal(401, 20_003, "expected the account's id and auth token by basic authentication", headers);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refusal(405, 20_004, `expected GET or HEAD, got ${request.method}`, { Allow: "GET, HEAD" });
  }
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  const wav = recordingAt(path, account, recordings);
  if (wav === undefined) return refusal(404, 20_404, `expected a recording of the account, got ${path}`);
  const headers = { "Content-Type": "audio/x-wav", "Accept-Ranges": "bytes" };
  const range = parseRange(request.headers.range, wav.length);
  if (range === undefined) return { status: 200, headers, body: wav };
  if (range === "unsatisfiable") {
    const whole = { "Content-Range": `bytes */${wav.length}` };
    return refusal(416, 20_416, `expected a part of ${wav.length} bytes, got a range beyond them`, whole);
  }
  const { first, last } = range;
  return {
    status: 206,
    headers: { ...headers, "Content-Range": `bytes ${first}-${last}/${wav.length}` },
    body: wav.subarray(first, last + 1),
  };
}

/** As Twilio has it, a recording without a suffix is WAV too. */
function recordingAt(path: string, { accountSid }: Account, recordings: Recordings): Buffer | undefined {
  const folder = recordingPath(accountSid, "");
  const file = path.startsWith(folder) ? path.slice(folder.length) : "";
  const sid = /^(RE[0-9a-f]{32})(?:\.wav)?$/.exec(file)?.[1];
  return sid === undefined ? undefined : recordings.get(sid);
}

function isAuthorized({ accountSid, authToken }: Account, header = ""): boolean {
  const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  return isToken(header, expected);
}

/** The form of every error of Twilio's API. */
function refusal(status: number, code: number, message: string, headers: OutgoingHttpHeaders = {}): Answer {
  const body = Buffer.from(JSON.stringify({ code, message, status }));
  return { status, headers: { "Content-Type": "application/json", ...headers }, body };
}

import { BadRequest } from "./http-answer.ts";

/** Longest time a comet request is held, in seconds: proxies drop requests that stay silent longer. */
export const maxWaitSeconds = 60;

/**
 * The cursor in a `Last-Event-ID` header, else in `?after=N`; undefined where there is neither. The header
 * wins: an EventSource that reconnects sends it to the address it first had, with the `after` it began from.
 */
export function parseAfter(query: URLSearchParams, lastEventId?: string): number | undefined {
  const text = lastEventId || query.get("after");
  return text === null || text === "" ? undefined : parseCount("after", text, Number.MAX_SAFE_INTEGER);
}

/** The seconds in `?wait=S`; 0 where there are none. */
export function parseWaitSeconds(query: URLSearchParams): number {
  const text = query.get("wait");
  return text === null ? 0 : parseCount("wait", text, maxWaitSeconds);
}

/** The cursor in a message such as `{"after":N}`, sent by a subscriber on a raw connection. */
export function parseCursorMessage(text: string): number | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new BadRequest(
      `expected a JSON object such as {"after":0}, got ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    throw new BadRequest(`expected a JSON object such as {"after":0}, got ${text.slice(0, 40)}`);
  }
  const after: unknown = "after" in message ? message.after : undefined;
  if (after === undefined) return undefined;
  return parseCount("after", JSON.stringify(after), Number.MAX_SAFE_INTEGER);
}

function parseCount(name: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d{1,16}$/.test(text) && value <= max) return value;
  throw new BadRequest(`expected "${name}" to be a whole number from 0 to ${max}, got ${text.slice(0, 40)}`);
}

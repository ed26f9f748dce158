import { BadRequest, type HttpRequest } from "../servers/service/http-answer.ts";
import { mediaTypeOf } from "../servers/service/webhooks/dialect.ts";
import { parseJson } from "../servers/service/webhooks/json.ts";
import type { Wish } from "./registry.ts";
import { eventPattern } from "./subscriptions.ts";

/** Reads what the interface for subscriptions is sent: pure functions that say what was expected and what came. */

const maxUrlLength = 2_000;
const maxPatterns = 50;
const maxPatternLength = 200;
const formats = ["standard", "cloudevents"] as const;

/** `{ "targetUrl", "events", "format"?, "token"? }`. */
export function parseWish(request: HttpRequest): Wish {
  const {
    targetUrl,
    events,
    format = "standard",
    token = "",
    ...others
  } = objectOf(request, "a subscription");
  refuseOthers(others, "targetUrl, events, format, token");
  return {
    targetUrl: urlText("targetUrl", targetUrl),
    events: patterns(events),
    format: oneOf("format", formats, format),
    token: printable("token", token),
  };
}

/** `{ "state": "active" | "disabled" }`. */
export function parseChange(request: HttpRequest): "active" | "disabled" {
  const { state, ...others } = objectOf(request, "a change");
  refuseOthers(others, "state");
  return oneOf("state", ["active", "disabled"] as const, state);
}

/** An absolute URL as text; whether it may be asked is for the guard to say. */
export function urlText(name: string, value: unknown): string {
  if (typeof value === "string" && value.length <= maxUrlLength && URL.canParse(value)) return value;
  throw expected(`"${name}" to be an absolute URL of at most ${maxUrlLength} characters`, value);
}

function patterns(value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxPatterns)
    throw expected(`"events" to be a list of 1 to ${maxPatterns} types`, value);
  return value.map((pattern: unknown) => {
    if (typeof pattern === "string" && pattern.length <= maxPatternLength && eventPattern.test(pattern))
      return pattern;
    throw expected(`each of "events" to be as call.ringing, call.* or *`, pattern);
  });
}

function oneOf<const Text extends string>(name: string, texts: readonly Text[], value: unknown): Text {
  const found = texts.find((text) => text === value);
  if (found !== undefined) return found;
  throw expected(`"${name}" to be one of ${texts.join(", ")}`, value);
}

/** A text that can stand in a header. */
function printable(name: string, value: unknown): string {
  if (typeof value === "string" && /^[\x21-\x7e]{0,1000}$/.test(value)) return value;
  throw new BadRequest(`expected "${name}" to be at most 1000 printable characters, got something else`);
}

function objectOf(request: HttpRequest, what: string): Record<string, unknown> {
  const mediaType = mediaTypeOf(request);
  if (mediaType !== "application/json")
    throw expected(`${what} as Content-Type: application/json`, mediaType || "none");
  const parsed = parseJson(request.body);
  if ("error" in parsed) throw new BadRequest(parsed.error);
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw expected(`${what} as a JSON object`, value);
  return { ...value };
}

function refuseOthers(others: object, names: string): void {
  const [other] = Object.keys(others);
  if (other !== undefined) throw expected(`no members but ${names}`, other);
}

function expected(what: string, got: unknown): BadRequest {
  return new BadRequest(`expected ${what}, got ${JSON.stringify(got)?.slice(0, 80) ?? "none"}`);
}

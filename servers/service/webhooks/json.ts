/**
 * Deepest nesting of arrays and objects in a webhook. `JSON.parse` takes any depth, but `JSON.stringify` and
 * Socket.IO recurse: an event that is too deep for them must not get a number.
 */
export const maxNesting = 1_000;

/** Whether a media type is that of JSON: `application/json`, or one that ends in `+json`. */
export function isJsonType(mediaType: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json$/.test(mediaType);
}

/** Whether a JSON value has names of its own, and is neither null nor an array. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a webhook's body, or what was expected of it and what came. */
export function parseJson(body: Uint8Array): { readonly value: unknown } | { readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch (error) {
    return { error: `expected a JSON body in UTF-8, got: ${error instanceof Error ? error.message : error}` };
  }
  if (isNestedTooDeeply(body)) {
    return { error: `expected arrays and objects at most ${maxNesting} deep, got deeper ones` };
  }
  return { value };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Whether the JSON text `body` has more than `maxNesting` brackets open at once. */
function isNestedTooDeeply(body: Uint8Array): boolean {
  // Each level takes two bytes, so that the usual body need not be looked through.
  if (body.length <= 2 * maxNesting) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) inString = !inString;
    else if (inString) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--;
    if (depth > maxNesting) return true;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

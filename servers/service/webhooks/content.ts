import { isJsonType, parseJson } from "./json.ts";

/** What a body holds, in a form that an event can carry. */
export type Content = { readonly json: unknown } | { readonly text: string } | { readonly base64: string };

/** A body of any media type: JSON as what it stands for, other UTF-8 as text, and the rest in base64. */
export function contentOf(mediaType: string, body: Uint8Array): Content | { readonly error: string } {
  if (isJsonType(mediaType)) {
    const parsed = parseJson(body);
    return "error" in parsed ? parsed : { json: parsed.value };
  }
  try {
    return { text: utf8.decode(body) };
  } catch (error) {
    // How the decoder says that these bytes are no UTF-8.
    if (!(error instanceof TypeError)) throw error;
    return { base64: Buffer.from(body).toString("base64") };
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A CloudEvent 1.0, in its JSON form whatever form it came in. Source: CloudEvents 1.0.2, its HTTP and JSON formats. */
import type { HttpRequest } from "../http-answer.ts";
import type { NewEvent } from "../switchboard.ts";
import { contentOf } from "./content.ts";
import { headerOf, mediaTypeOf } from "./dialect.ts";
import { isJsonObject, parseJson } from "./json.ts";

export const structuredType = "application/cloudevents+json";
export const batchType = "application/cloudevents-batch+json";

/** Most events of a batch: each is published, and kept, on its own. */
export const maxBatchEvents = 64;

/** The events of a request in any of the three content modes; throws `NoCloudEvent` where it holds none. */
export function cloudEventsOf(request: HttpRequest): readonly NewEvent[] {
  const mediaType = mediaTypeOf(request);
  if (mediaType !== structuredType && mediaType !== batchType)
    return [eventOf(binaryEvent(request, mediaType))];
  const parsed = parseJson(request.body);
  if ("error" in parsed) throw new NoCloudEvent(parsed.error);
  if (mediaType === structuredType) return [eventOf(parsed.value)];
  if (!Array.isArray(parsed.value))
    throw new NoCloudEvent("expected a batch to be an array, got another value");
  if (parsed.value.length > maxBatchEvents) {
    throw new NoCloudEvent(
      `expected at most ${maxBatchEvents} events in a batch, got ${parsed.value.length}: send several`,
    );
  }
  return parsed.value.map(eventOf);
}

export class NoCloudEvent extends Error {
  override name = "NoCloudEvent";
}

/** Binary mode: each attribute is a header `ce-...`, and the body is the data. */
function binaryEvent(request: HttpRequest, mediaType: string): unknown {
  const attributes = Object.keys(request.headers).flatMap((header) => {
    const name = /^ce-(.+)$/.exec(header)?.[1];
    return name === undefined ? [] : [[name, decoded(header, headerOf(request, header) ?? "")]];
  });
  const content = contentOf(mediaType, request.body);
  if ("error" in content) throw new NoCloudEvent(content.error);
  return {
    ...Object.fromEntries(attributes),
    datacontenttype: headerOf(request, "content-type"),
    ...("base64" in content
      ? { data_base64: content.base64 }
      : { data: "json" in content ? content.json : content.text }),
  };
}

/** What is not printable ASCII is percent-encoded in a header. */
function decoded(header: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new NoCloudEvent(`expected the header ${header} in percent-encoded UTF-8, got another`);
  }
}

function eventOf(value: unknown): NewEvent {
  if (!isJsonObject(value))
    throw new NoCloudEvent("expected a CloudEvent to be an object, got another value");
  const { specversion, id, source, type } = value;
  if (specversion !== "1.0")
    throw new NoCloudEvent("expected the attribute specversion to be 1.0, got another");
  if (typeof id !== "string" || id === "") throw new NoCloudEvent("expected the attribute id, got none");
  if (typeof source !== "string" || source === "") {
    throw new NoCloudEvent("expected the attribute source, got none");
  }
  // The specification allows more; but the type of an event is what subscribers choose by.
  if (typeof type !== "string" || !/^[A-Za-z0-9][\w./:~-]{0,127}$/.test(type)) {
    throw new NoCloudEvent(
      "expected the attribute type to be a name such as com.example.order.paid, got another",
    );
  }
  const misnamed = Object.keys(value).find((name) => !/^(?:[a-z0-9]+|data_base64)$/.test(name));
  if (misnamed !== undefined) {
    throw new NoCloudEvent("expected attributes named in lower-case letters and digits, got another name");
  }
  if ("data" in value && "data_base64" in value) {
    throw new NoCloudEvent("expected data or data_base64, got both");
  }
  // Source and id together name an event, whoever sends it, and however often.
  return { type: `cloudevent.${type}`, data: value, key: `cloudevents:${JSON.stringify([source, id])}` };
}

import { errorAnswer, type HttpRequest, jsonAnswer } from "../http-answer.ts";
import { queryOf } from "../target.ts";
import { batchType, cloudEventsOf, NoCloudEvent, structuredType } from "./cloud-event.ts";
import {
  answered,
  type HookContext,
  type HookRoute,
  headerOf,
  mediaTypeOf,
  notConfigured,
  type Outcome,
  refuse,
  refuseBody,
} from "./dialect.ts";
import { refuseType } from "./form.ts";
import { isToken } from "./signature.ts";

/** CloudEvents over HTTP: `cloudevent.<type>`. Source: CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery" 1.0.2. */
export const cloudEventsRoutes: readonly HookRoute[] = [
  {
    path: "/cloudevents",
    methods: ["OPTIONS", "POST"],
    receive: (request, context) => {
      if (context.options.cloudEventsToken === "") return notConfigured("CLOUDEVENTS_TOKEN");
      return request.method === "OPTIONS" ? consent(request, context) : receive(request, context);
    },
  },
];

/**
 * Abuse protection (section 4): a sender asks whether its events are expected here at all. They are, whoever asks:
 * the answer says nothing of who may send, which the token does. So deliveries need not name their origin either.
 */
function consent(request: HttpRequest, { options }: HookContext): Outcome {
  const origin = headerOf(request, "webhook-request-origin") ?? "";
  if (!/^[A-Za-z0-9*][A-Za-z0-9*._:-]{0,254}$/.test(origin)) {
    return refuse(400, "expected WebHook-Request-Origin to be the DNS name of a sender, got another header");
  }
  const rate = headerOf(request, "webhook-request-rate") ?? "";
  if (!/^(?:[1-9]\d{0,8})?$/.test(rate)) {
    return refuse(
      400,
      "expected WebHook-Request-Rate to be a whole number of requests per minute, got another",
    );
  }
  const limit = options.webhooksPerSecond * 60;
  const most = limit === 0 ? rate || "*" : String(Math.min(limit, Number(rate || limit)));
  return answered({
    status: 200,
    // It is these headers that say yes. The status does not: any server may answer OPTIONS.
    headers: { Allow: "OPTIONS, POST", "WebHook-Allowed-Origin": origin, "WebHook-Allowed-Rate": most },
    body: Buffer.alloc(0),
  });
}

function receive(request: HttpRequest, { options }: HookContext): Outcome {
  // The token comes first: of whoever has none, nothing is read.
  const header = headerOf(request, "authorization");
  const inQuery = queryOf(request.target).get("access_token");
  const token = header === undefined ? inQuery : /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!token || !isToken(token, options.cloudEventsToken)) {
    const expected = "expected the token, by Authorization: Bearer or access_token in the query";
    return answered(errorAnswer(401, `${expected}, got another or none`, { "WWW-Authenticate": "Bearer" }));
  }
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  const mediaType = mediaTypeOf(request);
  const isBinary = headerOf(request, "ce-specversion") !== undefined;
  // Section 2.1: what is delivered has a Content-Type.
  if (mediaType === "" || !(isBinary || mediaType === structuredType || mediaType === batchType)) {
    return refuseType(request, structuredType, batchType, "any type beside ce- headers");
  }
  try {
    const events = cloudEventsOf(request);
    // Section 3.2: what answers a request whose address holds a token is for its sender alone.
    const headers = { "Cache-Control": "private, no-store" };
    const answer = (ids: readonly number[]) =>
      jsonAnswer(202, mediaType === batchType ? { ids } : { id: ids[0] }, headers);
    return { events, answer };
  } catch (error) {
    if (error instanceof NoCloudEvent) return refuse(400, error.message);
    throw error;
  }
}

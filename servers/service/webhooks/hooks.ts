import { type HttpRequest, jsonAnswer } from "../http-answer.ts";
import {
  type HookContext,
  type HookRoute,
  headerOf,
  mediaTypeOf,
  type Outcome,
  refuse,
  refuseBody,
} from "./dialect.ts";
import { refuseType } from "./form.ts";
import { isJsonType, parseJson } from "./json.ts";
import { refuseStandardWebhook } from "./standard-webhooks.ts";

/** Webhooks of no dialect but Standard Webhooks 1.0.0: any JSON, signed where the server has a secret. */
export const standardWebhookRoutes: readonly HookRoute[] = [
  { path: "/hooks/:topic", methods: ["POST"], receive: receiveHook },
];

function receiveHook(request: HttpRequest, { options, nowMs, topic }: HookContext): Outcome {
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  if (!isJsonType(mediaTypeOf(request))) return refuseType(request, "application/json");
  const id = headerOf(request, "webhook-id");
  const isSigned = options.webhookSecret !== "";
  if (isSigned) {
    const headers = {
      id,
      timestamp: headerOf(request, "webhook-timestamp"),
      signature: headerOf(request, "webhook-signature"),
    };
    const forged = refuseStandardWebhook(options.webhookSecret, headers, request.body, nowMs);
    if (forged) return refuse(401, forged);
  }
  const parsed = parseJson(request.body);
  if ("error" in parsed) return refuse(400, parsed.error);
  // A signature is of the id, not of the path: by a key with the topic, a delivery could be sent again to another.
  const key = isSigned ? { key: `hook:${id}` } : { key: `hook:${topic}:${id}`, keyOf: "anyone" as const };
  return {
    events: [{ type: `hook.${topic}`, data: parsed.value, ...(id ? key : {}) }],
    answer: ([number]) => jsonAnswer(202, { id: number }),
  };
}

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
  if (options.webhookSecret !== "") {
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
  return {
    events: [{ type: `hook.${topic}`, data: parsed.value, ...(id ? { key: `hook:${id}` } : {}) }],
    answer: ([number]) => jsonAnswer(202, { id: number }),
  };
}

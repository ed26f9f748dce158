import { type HttpRequest, jsonAnswer } from "../http-answer.ts";
import {
  type HookContext,
  type HookRoute,
  headerOf,
  mediaTypeOf,
  notConfigured,
  type Outcome,
  refuse,
  refuseBody,
} from "./dialect.ts";
import { formType, parseForm, refuseType } from "./form.ts";
import { isJsonType, parseJson } from "./json.ts";
import { hmac, isSameText } from "./signature.ts";

/**
 * Webhooks of GitHub, `ping` among them: `github.<event>`.
 * Source: GitHub, "Validating webhook deliveries", "Webhook events and payloads".
 */
export const githubRoutes: readonly HookRoute[] = [{ path: "/github", methods: ["POST"], receive }];

/** The value of `X-Hub-Signature-256` for a raw body. */
export function signGithub(secret: string, body: string | Uint8Array): string {
  return `sha256=${hmac("sha256", secret, "hex", body)}`;
}

function receive(request: HttpRequest, { options }: HookContext): Outcome {
  const { githubSecret } = options;
  if (githubSecret === "") return notConfigured("GITHUB_WEBHOOK_SECRET");
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  const mediaType = mediaTypeOf(request);
  if (!isJsonType(mediaType) && mediaType !== formType) {
    return refuseType(request, "application/json", formType);
  }
  const signature = headerOf(request, "x-hub-signature-256");
  if (signature === undefined) {
    return refuse(401, "expected the header X-Hub-Signature-256, got a request without");
  }
  if (!isSameText(signature, signGithub(githubSecret, request.body))) {
    return refuse(401, "expected X-Hub-Signature-256 to be that of this body by the secret, got another");
  }
  // The signature is of the body alone. Whoever has a copy can send it as another event, or as another delivery.
  const event = headerOf(request, "x-github-event") ?? "";
  const delivery = headerOf(request, "x-github-delivery") ?? "";
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(event)) {
    return refuse(400, "expected X-GitHub-Event to name an event such as pull_request, got another header");
  }
  if (!/^[0-9A-Za-z-]{1,64}$/.test(delivery)) {
    return refuse(400, "expected X-GitHub-Delivery to be the id of a delivery, got another header");
  }
  const json = mediaType === formType ? parseForm(request.body).get("payload") : request.body;
  if (json === null) return refuse(400, "expected a form with the field payload, got one without");
  const parsed = parseJson(Buffer.from(json));
  if ("error" in parsed) return refuse(400, parsed.error);
  return {
    events: [{ type: `github.${event}`, data: parsed.value, key: `github:${delivery.toLowerCase()}` }],
    answer: ([id]) => jsonAnswer(202, { id }),
  };
}

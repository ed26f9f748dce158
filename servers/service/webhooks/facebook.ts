import { type HttpRequest, jsonAnswer } from "../http-answer.ts";
import {
  type HookContext,
  type HookRoute,
  mediaTypeOf,
  notConfigured,
  type Outcome,
  refuse,
  refuseBody,
} from "./dialect.ts";
import { formType, parseForm, refuseType } from "./form.ts";
import { isJsonObject, parseJson } from "./json.ts";
import { isInReplayWindow, replayWindowSeconds } from "./replay-window.ts";
import { hmac, isSameText } from "./signature.ts";

/** Somebody removed an app from their account: `facebook.removed`. Source: Meta, "Deauthorize Callback URL". */
export const facebookRoutes: readonly HookRoute[] = [
  { path: "/facebook/remove", methods: ["POST"], receive: receiveRemoval },
];

const algorithm = "HMAC-SHA256";

/** A `signed_request` of these claims, beside which it says its algorithm. */
export function signFacebook(appSecret: string, claims: Readonly<Record<string, unknown>>): string {
  const payload = Buffer.from(JSON.stringify({ algorithm, ...claims })).toString("base64url");
  return `${hmac("sha256", appSecret, "base64url", payload)}.${payload}`;
}

/**
 * The claims of a genuine `signed_request`, or what was expected of it and what came. How old it may be is for the
 * caller to judge. Source: Meta, "Parsing the signed request".
 */
export function parseSignedRequest(
  appSecret: string,
  signedRequest: string,
): { readonly claims: Readonly<Record<string, unknown>> } | { readonly error: string } {
  const [, signature, payload] = /^([\w-]+)\.([\w-]+)$/.exec(signedRequest) ?? [];
  if (signature === undefined || payload === undefined) {
    return {
      error: "expected signed_request to be a signature, a dot and a payload in base64url, got another",
    };
  }
  // Of the payload as it is encoded, before anything in it is believed: not even its algorithm.
  if (!isSameText(signature, hmac("sha256", appSecret, "base64url", payload))) {
    return { error: "expected signed_request to be signed by the app's secret, got another signature" };
  }
  const parsed = parseJson(Buffer.from(payload, "base64url"));
  if ("error" in parsed) return parsed;
  const claims = parsed.value;
  if (!isJsonObject(claims) || claims.algorithm !== algorithm) {
    return { error: `expected signed_request to say that its algorithm is ${algorithm}, got another` };
  }
  return { claims };
}

function receiveRemoval(request: HttpRequest, { options, nowMs }: HookContext): Outcome {
  const { facebookSecret } = options;
  if (facebookSecret === "") return notConfigured("FACEBOOK_APP_SECRET");
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  if (mediaTypeOf(request) !== formType) return refuseType(request, formType);
  const signedRequest = parseForm(request.body).get("signed_request");
  if (signedRequest === null)
    return refuse(400, "expected a form with the field signed_request, got one without");
  const parsed = parseSignedRequest(facebookSecret, signedRequest);
  if ("error" in parsed) return refuse(401, parsed.error);
  const { user_id: userId, issued_at: issuedAt, user } = parsed.claims;
  if (typeof userId !== "string" || !/^[\w-]{1,64}$/.test(userId)) {
    return refuse(400, "expected signed_request to say user_id, got one without");
  }
  if (typeof issuedAt !== "number" || !Number.isInteger(issuedAt)) {
    return refuse(
      400,
      "expected signed_request to say issued_at in whole seconds since 1970, got one without",
    );
  }
  if (!isInReplayWindow(issuedAt, nowMs)) {
    return refuse(401, `expected issued_at within ${replayWindowSeconds} s of now, got ${issuedAt}`);
  }
  const data = { userId, issuedAtMs: issuedAt * 1_000, ...(isJsonObject(user) ? { user } : {}) };
  return {
    // It carries no id of its own; nobody can remove the same app twice in a second.
    events: [{ type: "facebook.removed", data, key: `facebook:${userId}:${issuedAt}` }],
    answer: ([id]) => jsonAnswer(200, { id }),
  };
}

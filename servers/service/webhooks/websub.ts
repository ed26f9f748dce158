import { type HttpRequest, jsonAnswer } from "../http-answer.ts";
import { queryOf } from "../target.ts";
import { contentOf } from "./content.ts";
import {
  type HookRoute,
  headerOf,
  mediaTypeOf,
  notConfigured,
  type Outcome,
  refuse,
  refuseBody,
} from "./dialect.ts";
import { type HashName, hmac, isSameText } from "./signature.ts";

/**
 * The subscriber's side of WebSub: `websub.subscribed`, `websub.unsubscribed`, `websub.denied`, `websub.content`.
 *
 * A callback is `/websub/<capability>?topic=<address of the topic>`. The capability is made from that address and
 * the server's secret, so that nobody can guess the callback of a topic, and that every server of the secret, and
 * the same one after a restart, knows its own callbacks without having kept any. The topic's address is in the query
 * because it has to come back for that, and is too long and too free for a path; a hub keeps the query of a callback
 * as it is, and appends to it. Source: W3C WebSub, sections 5.3 and 7.
 */
export const webSubRoutes: readonly HookRoute[] = [
  {
    path: "/websub/:topic",
    methods: ["GET", "POST"],
    receive: (request, context) => {
      const { webSubSecret } = context.options;
      if (webSubSecret === "") return notConfigured("WEBSUB_SECRET");
      const query = queryOf(request.target);
      const topic = query.get("topic") ?? "";
      if (!isSameText(context.topic, capabilityOf(webSubSecret, topic))) {
        return refuse(404, "expected a callback that this server gave to a hub, got another");
      }
      return request.method === "GET" ? verify(query, topic) : receive(request, topic, webSubSecret);
    },
  },
];

/** The `hub.callback` of a topic, on the server at `serverUrl` (`https://host`). */
export function webSubCallback(secret: string, serverUrl: string, topic: string): string {
  return `${serverUrl}/websub/${capabilityOf(secret, topic)}?${new URLSearchParams({ topic })}`;
}

/** The `hub.secret` of a topic, by which its hub signs. */
export function webSubHubSecret(secret: string, topic: string): string {
  return hmac("sha256", secret, "hex", `hub.secret ${topic}`);
}

/** The value of `X-Hub-Signature` for a raw body. */
export function signWebSub(hubSecret: string, hash: HashName, body: string | Uint8Array): string {
  return `${hash}=${hmac(hash, hubSecret, "hex", body)}`;
}

function keyOf(...names: readonly string[]): string {
  return `websub:${JSON.stringify(names)}`;
}

function capabilityOf(secret: string, topic: string): string {
  return hmac("sha256", secret, "base64url", `hub.callback ${topic}`);
}

/**
 * Verification of intent, and word of a denial. Whoever knows the callback has it from us, so what is asked in its
 * name we did ask for, if it is about the callback's own topic.
 */
function verify(query: URLSearchParams, topic: string): Outcome {
  const mode = query.get("hub.mode") ?? "";
  const names = new Set(["subscribe", "unsubscribe", "denied"]);
  if (!names.has(mode)) {
    return refuse(400, `expected hub.mode to be one of ${[...names].join(", ")}, got another`);
  }
  if (query.get("hub.topic") !== topic) {
    return refuse(404, "expected hub.topic to be the topic of this callback, got another");
  }
  if (mode === "denied") {
    const reason = query.get("hub.reason") ?? "";
    const key = keyOf(mode, topic, reason);
    const event = { type: "websub.denied", data: { topic, reason }, key };
    return { events: [event], answer: () => jsonAnswer(200, {}) };
  }
  const challenge = query.get("hub.challenge") ?? "";
  if (challenge === "") return refuse(400, "expected hub.challenge, got a request without");
  const lease = query.get("hub.lease_seconds") ?? "";
  if (mode === "subscribe" && !/^\d{1,10}$/.test(lease)) {
    return refuse(400, "expected hub.lease_seconds in whole seconds, got another");
  }
  const data = mode === "subscribe" ? { topic, leaseSeconds: Number(lease) } : { topic };
  const event = { type: `websub.${mode}d`, data, key: keyOf(mode, topic, challenge) };
  const headers = { "Content-Type": "text/plain", "X-Content-Type-Options": "nosniff" };
  return { events: [event], answer: () => ({ status: 200, headers, body: Buffer.from(challenge) }) };
}

/** Content of the topic, signed by the secret that its hub was given. */
function receive(request: HttpRequest, topic: string, secret: string): Outcome {
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  const given = headerOf(request, "x-hub-signature") ?? "";
  const hash = hashes.find((name) => given.startsWith(`${name}=`));
  // Section 7.1.2 lets a subscriber answer 2xx all the same; a hub whose secret is wrong had better hear of it.
  if (hash === undefined) {
    return refuse(403, `expected X-Hub-Signature by one of ${hashes.join(", ")}, got another or none`);
  }
  if (!isSameText(given, signWebSub(webSubHubSecret(secret, topic), hash, request.body))) {
    return refuse(403, "expected X-Hub-Signature to be that of this body by hub.secret, got another");
  }
  const mediaType = mediaTypeOf(request);
  const content = contentOf(mediaType, request.body);
  if ("error" in content) return refuse(400, content.error);
  // Content has no id: the same once more is taken for a delivery that was repeated.
  const key = keyOf("content", topic, hmac("sha256", secret, "hex", request.body));
  return {
    events: [{ type: "websub.content", data: { topic, contentType: mediaType, ...content }, key }],
    answer: ([id]) => jsonAnswer(202, { id }),
  };
}

const hashes: readonly HashName[] = ["sha1", "sha256", "sha384", "sha512"];

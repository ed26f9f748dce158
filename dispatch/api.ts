import { notFound, wrongMethod } from "../servers/service/answer.ts";
import {
  BadRequest,
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonAnswer,
} from "../servers/service/http-answer.ts";
import { RateLimit } from "../servers/service/rate-limit.ts";
import { pathOf } from "../servers/service/target.ts";
import { headerOf } from "../servers/service/webhooks/dialect.ts";
import { isToken } from "../servers/service/webhooks/signature.ts";
import { isLoopbackAddress } from "./addresses.ts";
import type { Clock } from "./clock.ts";
import { ForbiddenTarget, type Guard } from "./guard.ts";
import { answerHub, answerTopic, isTopic } from "./hub.ts";
import type { HubSubscribers } from "./hub-subscribers.ts";
import { type Registry, TooMany } from "./registry.ts";
import type { Store } from "./store.ts";
import { publicView, type Subscription } from "./subscriptions.ts";
import { parseChange, parseWish } from "./wishes.ts";

export interface ApiOptions {
  readonly store: Store;
  readonly registry: Registry;
  readonly hubSubscribers: HubSubscribers;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly publicUrl: string;
  /** Shown by whoever asks for /subscriptions as `Authorization: Bearer`; "" when only this host can ask. */
  readonly token: string;
  /** Whether anyone may read topics and subscribe to them. */
  readonly hub: boolean;
}

/** Requests a second that hub and topics take from all the world. */
const hubRequestsPerSecond = 10;

/** Webhooks as resources: a request in, the answer out. */
export function createApi(options: ApiOptions): (request: HttpRequest) => HttpAnswer {
  const { store, clock, token, publicUrl, hub } = options;
  const hubLimit = new RateLimit(hubRequestsPerSecond);
  return (request) => {
    try {
      return refuseForeign(request, options) ?? route(request);
    } catch (error) {
      if (error instanceof BadRequest || error instanceof ForbiddenTarget)
        return errorAnswer(400, error.message);
      if (error instanceof TooMany) return errorAnswer(503, error.message);
      throw error;
    }
  };

  function route(request: HttpRequest): HttpAnswer {
    const path = pathOf(request.target);
    if (path === "/healthz") return answerBy(request, { GET: () => jsonAnswer(200, { status: "ok" }) });
    if (path === "/subscriptions") {
      return authorised(request, token, () =>
        answerBy(request, {
          GET: () => jsonAnswer(200, { subscriptions: store.subscriptions().map(view) }),
          POST: () => subscribe(request),
        }),
      );
    }
    const id = /^\/subscriptions\/(sub_[\w-]{16})$/.exec(path)?.[1];
    if (id !== undefined) return authorised(request, token, () => answerOne(request, id));
    if (hub && path === "/hub")
      return answerBy(request, { POST: () => limited(() => answerHub(options, request)) });
    const type = /^\/topics\/(.{1,200})$/.exec(path)?.[1] ?? "";
    if (hub && isTopic(type))
      return answerBy(request, { GET: () => limited(() => answerTopic(options, type)) });
    return notFound(request);
  }

  function subscribe(request: HttpRequest): HttpAnswer {
    const { subscription, isNew } = options.registry.add(parseWish(request));
    const location = `/subscriptions/${subscription.id}`;
    if (!isNew) return jsonAnswer(200, view(subscription), { "Content-Location": location });
    // The only time that it is told.
    const secret = subscription.format === "standard" ? { secret: subscription.secret } : {};
    return jsonAnswer(201, { ...view(subscription), ...secret }, { Location: `${publicUrl}${location}` });
  }

  function answerOne(request: HttpRequest, id: string): HttpAnswer {
    const subscription = store.subscription(id);
    if (subscription === undefined) return errorAnswer(404, `expected a subscription that exists, got ${id}`);
    return answerBy(request, {
      GET: () => jsonAnswer(200, view(subscription)),
      PATCH: () => change(subscription, parseChange(request)),
      DELETE: () => {
        options.registry.remove(id);
        return { status: 204, headers: {}, body: Buffer.alloc(0) };
      },
    });
  }

  function change(subscription: Subscription, state: "active" | "disabled"): HttpAnswer {
    const { id, format } = subscription;
    if (format === "websub")
      return errorAnswer(
        409,
        "expected a subscription made here, got one of the hub: its subscriber renews it, and DELETE ends it",
      );
    if (state === "active") options.registry.enable(subscription);
    else store.disable(id, "disabled by its owner");
    return jsonAnswer(200, view(store.subscription(id) ?? subscription));
  }

  function limited(answer: () => HttpAnswer): HttpAnswer {
    const retryAfterSeconds = hubLimit.take(clock.now());
    if (retryAfterSeconds === 0) return answer();
    const headers = { "Retry-After": String(Math.ceil(retryAfterSeconds)) };
    return errorAnswer(429, "expected fewer requests per second to the hub; ask again later", headers);
  }

  function view(subscription: Subscription): Record<string, unknown> {
    return publicView(subscription, store.waiting(subscription.id));
  }
}

/**
 * The refusal of what a page in a browser sends, from wherever it comes: a browser on this host reaches what is
 * bound to loopback, and a name that its page was loaded by may point there.
 */
function refuseForeign(
  request: HttpRequest,
  { token, publicUrl }: Pick<ApiOptions, "token" | "publicUrl">,
): HttpAnswer | undefined {
  const origin = headerOf(request, "origin");
  if (origin !== undefined && origin !== publicUrl)
    return errorAnswer(403, `expected no Origin but ${publicUrl}, got ${origin}`);
  const host = headerOf(request, "host") ?? "";
  if (token === "" && host !== new URL(publicUrl).host && !isLoopbackHost(host))
    return errorAnswer(403, `expected the Host of this dispatcher or of loopback, got ${host}`);
  return undefined;
}

function isLoopbackHost(host: string): boolean {
  const url = `http://${host}`;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ""));
}

function authorised(request: HttpRequest, token: string, answer: () => HttpAnswer): HttpAnswer {
  if (token === "") return answer();
  const given = /^Bearer (.+)$/i.exec(headerOf(request, "authorization") ?? "")?.[1] ?? "";
  if (isToken(given, token)) return answer();
  return errorAnswer(401, "expected Authorization: Bearer and the token DISPATCH_TOKEN, got another", {
    "WWW-Authenticate": "Bearer",
  });
}

function answerBy(request: HttpRequest, methods: Readonly<Record<string, () => HttpAnswer>>): HttpAnswer {
  const answer = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  return answer?.() ?? wrongMethod(request.method, Object.keys(methods).join(", "));
}

/** Hands a request to the dialect that takes it, as every server does. */
import type { ServerOptions } from "../../../../servers/contract.ts";
import { withDefaults } from "../../../../servers/options.ts";
import { notFound } from "../../../../servers/service/answer.ts";
import type { HttpRequest } from "../../../../servers/service/http-answer.ts";
import { pathOf } from "../../../../servers/service/target.ts";
import { answered, type Outcome } from "../../../../servers/service/webhooks/dialect.ts";
import { hookRouteAt } from "../../../../servers/service/webhooks/routes.ts";

/** One of each. They are known to every reader, and are secrets of nothing. */
export const secrets = {
  webhookSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  twilioAuthToken: "12345",
  githubSecret: "It's a Secret to Everybody",
  facebookSecret: "secret",
  cloudEventsToken: "mF_9.B5f-4.1JqM",
  webSubSecret: "a secret of the server's own",
};

const options = withDefaults(secrets);

export const nowMs = 1_614_265_330_000;

export interface Delivery {
  readonly method: string;
  readonly target: string;
  readonly headers: HttpRequest["headers"];
  readonly body: string | Uint8Array;
}

/** What becomes of a delivery at `atMs`, at a server of these secrets. */
export function deliver(delivery: Delivery, given: Partial<ServerOptions> = secrets, atMs = nowMs): Outcome {
  const hook = hookRouteAt(pathOf(delivery.target));
  if (!hook) return answered(notFound(delivery));
  const request: HttpRequest = { ...delivery, body: Buffer.from(delivery.body) };
  return hook.route.receive(request, {
    options: given === secrets ? options : withDefaults(given),
    nowMs: atMs,
    topic: hook.topic,
  });
}

/** The answer of a refusal: `401 expected ..., got ...`; of anything else, what it is instead. */
export function refusalOf(outcome: Outcome): string {
  const { status, body } = outcome.answer(outcome.events.map((_, index) => index + 1));
  const text = body.toString();
  return outcome.events.length === 0 && status >= 400
    ? `${status} ${JSON.parse(text).error}`
    : `taken: ${status} ${text}`;
}

/** Runs one delivery after the other through all that may be wrong with what a dialect cannot do without. */
export function refusalsOf(delivery: Delivery, given?: Partial<ServerOptions>) {
  return (change: Partial<Delivery>) => refusalOf(deliver({ ...delivery, ...change }, given));
}

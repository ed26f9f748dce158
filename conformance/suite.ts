import type { Check } from "./check.ts";
import { closingChecks } from "./checks/closing.ts";
import { deliveryChecks } from "./checks/delivery.ts";
import { flashPolicyChecks } from "./checks/flash-policy.ts";
import { gapChecks } from "./checks/gaps.ts";
import { healthChecks } from "./checks/health.ts";
import { isolationChecks } from "./checks/isolation.ts";
import { malformedChecks } from "./checks/malformed.ts";
import { originChecks } from "./checks/origins.ts";
import { payloadChecks } from "./checks/payloads.ts";
import { refusalChecks } from "./checks/refusals.ts";
import { resumeChecks } from "./checks/resume.ts";
import { slowSenderChecks } from "./checks/slow-sender.ts";
import { slowSubscriberChecks } from "./checks/slow-subscriber.ts";
import { stormChecks } from "./checks/storm.ts";
import { vanishedSubscriberChecks } from "./checks/vanished-subscriber.ts";
import { webhookChecks } from "./checks/webhooks.ts";

/** Every check, in the order in which they are asked: the simple before what builds on it. */
export const suite: readonly Check[] = [
  ...healthChecks,
  ...webhookChecks,
  ...refusalChecks,
  ...originChecks,
  ...slowSenderChecks,
  ...deliveryChecks,
  ...resumeChecks,
  ...gapChecks,
  ...payloadChecks,
  ...malformedChecks,
  ...flashPolicyChecks,
  ...isolationChecks,
  ...stormChecks,
  ...slowSubscriberChecks,
  ...vanishedSubscriberChecks,
  ...closingChecks,
];

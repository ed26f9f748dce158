import type { ServerOptions } from "./contract.ts";
import { standardWebhookKeys } from "./service/webhooks/standard-webhook-keys.ts";

/** Throws for an option by which a server would start, and then take no webhook. Its message holds no secret. */
export function checkOptions(options: ServerOptions): ServerOptions {
  const { webhookSecret, publicUrl } = options;
  if (webhookSecret !== "") standardWebhookKeys(webhookSecret);
  // It is part of what Twilio signs, to the letter.
  if (publicUrl !== "" && !(URL.canParse(publicUrl) && new URL(publicUrl).origin === publicUrl)) {
    throw new Error(`expected a public URL such as https://example.com, without a path, got ${publicUrl}`);
  }
  return options;
}

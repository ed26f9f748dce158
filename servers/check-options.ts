import { isIPv4 } from "node:net";
import type { ServerOptions } from "./contract.ts";
import { Origins } from "./service/origin.ts";
import { standardWebhookKeys } from "./service/webhooks/standard-webhook-keys.ts";

/** Throws for an option by which a server would start, and then fail at its work. Its message holds no secret. */
export function checkOptions(options: ServerOptions): ServerOptions {
  const { webhookSecret, publicUrl, peers, framingOrigins } = options;
  if (webhookSecret !== "") standardWebhookKeys(webhookSecret);
  // It is part of what Twilio signs, to the letter.
  if (publicUrl !== "" && originOf(publicUrl) !== publicUrl) {
    throw new Error(`expected a public URL such as https://example.com, without a path, got ${publicUrl}`);
  }
  new Origins(options);
  // They go to the page, and into its content security policy, as they are.
  for (const [option, origins] of Object.entries({ peers, framingOrigins })) {
    const wrong = origins.find((each) => !/^https?:/.test(each) || originOf(each) !== each);
    if (wrong === undefined) continue;
    throw new Error(`expected ${option} as http://host:port, without a path, got "${wrong}"; correct it`);
  }
  checkTwilio(options);
  return options;
}

/** By a wrong one calls would come in, and their recordings not. */
function checkTwilio({ twilioAccountSid, twilioAuthToken, twilioApi }: ServerOptions): void {
  const isSid = /^AC[0-9a-f]{32}$/i.test(twilioAccountSid);
  if (!isSid && (twilioAuthToken !== "" || twilioAccountSid !== "")) {
    // Not what came: it may be the token, in the wrong place.
    const got = twilioAccountSid === "" ? "none" : `another text, of ${twilioAccountSid.length} characters`;
    throw new Error(
      `expected the account of twilioAuthToken as AC and 32 hexadecimal digits, got ${got}; set TWILIO_ACCOUNT_SID as Twilio's console shows it`,
    );
  }
  // The token is sent there.
  if (originOf(twilioApi) !== twilioApi || !isConfidential(new URL(twilioApi))) {
    throw new Error(
      `expected twilioApi as https://host, or http://host:port on this machine, without a path, got "${twilioApi}"; correct or unset TWILIO_API`,
    );
  }
}

function isConfidential({ protocol, hostname }: URL): boolean {
  const isLoopback =
    hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

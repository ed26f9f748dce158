import { expect, it } from "vitest";
import { checkOptions } from "../../servers/check-options.ts";
import type { ServerOptions } from "../../servers/contract.ts";
import { withDefaults } from "../../servers/options.ts";

const account = { twilioAccountSid: `AC${"0a".repeat(16)}`, twilioAuthToken: "token" };

function refusalOf(given: Partial<ServerOptions>): string | undefined {
  try {
    checkOptions(withDefaults(given));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

it.each<Partial<ServerOptions>>([
  {},
  { ...account, twilioApi: "http://127.0.0.1:8085" },
  { ...account, twilioApi: "http://[::1]:8085" },
  { ...account, twilioApi: "https://twilio.example" },
  { allowedOrigins: ["http://h:1"], peers: ["http://127.0.0.1:8081"], publicUrl: "https://h" },
])("takes what a server can work with: %j", (given) => {
  expect(refusalOf(given)).toBeUndefined();
});

it.each<[string, Partial<ServerOptions>]>([
  ["TWILIO_ACCOUNT_SID", { twilioAuthToken: "token" }],
  ["TWILIO_ACCOUNT_SID", { twilioAuthToken: "token", twilioAccountSid: "AC123" }],
  ["TWILIO_ACCOUNT_SID", { twilioAccountSid: `SK${"0".repeat(32)}` }],
  ["TWILIO_API", { twilioApi: "" }],
  ["TWILIO_API", { twilioApi: "api.twilio.com" }],
  ["TWILIO_API", { twilioApi: "https://api.twilio.com/" }],
  ["TWILIO_API", { twilioApi: "http://api.twilio.com" }],
  ["TWILIO_API", { twilioApi: "http://127.0.0.1.foreign.example" }],
  ["TWILIO_API", { twilioApi: "ws://127.0.0.1:1" }],
  ["allowedOrigins", { allowedOrigins: ["peer.example"] }],
  ["publicUrl", { publicUrl: "ws://demo.example" }],
  ["peers", { peers: ["http://127.0.0.1:1; script-src *"] }],
  ["peers", { peers: ["http://127.0.0.1:1/"] }],
  ["framingOrigins", { framingOrigins: ["*"] }],
  ["framingOrigins", { framingOrigins: ["http://127.0.0.1:1; script-src *"] }],
])("says at the start what is wrong with %s: %j", (named, given) => {
  expect(refusalOf(given)).toMatch(new RegExp(`^expected .*${named}|^expected .*got.*; .*${named}`));
});

it("does not say a token that stands in the place of the account", () => {
  const twilioAccountSid = "secret-token";
  expect(refusalOf({ twilioAccountSid, twilioAuthToken: "AC1" })).not.toContain(twilioAccountSid);
});

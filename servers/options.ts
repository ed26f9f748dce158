import type { ServerOptions } from "./contract.ts";

const none: readonly string[] = [];

/**
 * Every option of a server, declared once: its default and what it means. Those with `env` are read from the
 * environment, for most are secrets, and a command line can be read by every user of the machine.
 */
export const serverOptionTable = {
  host: { default: "127.0.0.1", help: "address to listen on" },
  port: { default: 0, help: "HTTP port; 0: any free one" },
  tcpPort: { default: 0, help: "port of the raw TCP listener (tcp only); 0: any free one" },
  dataFolder: { default: "", help: "folder for events and recordings, so that they outlive the process" },
  publicUrl: { default: "", help: "https://host where senders reach this server, if not where it listens" },
  allowedOrigins: { default: none, help: "further origins, http://host:port, whose pages may subscribe" },
  framingOrigins: { default: none, help: "origins, http://host:port, whose pages may show these in a frame" },
  peers: { default: none, help: "further servers, http://host:port, for the page that compares" },
  webhookSecret: {
    default: "",
    env: "WEBHOOK_SECRET",
    help: "of Standard Webhooks, whsec_... or whpk_..., several while one is replaced; none: unsigned",
  },
  twilioAccountSid: { default: "", env: "TWILIO_ACCOUNT_SID", help: "account whose recordings are fetched" },
  twilioAuthToken: { default: "", env: "TWILIO_AUTH_TOKEN", help: "signs what comes from Twilio" },
  twilioApi: {
    default: "https://api.twilio.com",
    env: "TWILIO_API",
    help: "where recordings are fetched from",
  },
  githubSecret: { default: "", env: "GITHUB_WEBHOOK_SECRET", help: "signs what comes from GitHub" },
  facebookSecret: { default: "", env: "FACEBOOK_APP_SECRET", help: "signs what comes from Facebook" },
  cloudEventsToken: { default: "", env: "CLOUDEVENTS_TOKEN", help: "shown by senders of CloudEvents" },
  webSubSecret: { default: "", env: "WEBSUB_SECRET", help: "makes the callbacks of WebSub unguessable" },
  webhooksPerSecond: { default: 0, help: "events published per second, then 429; 0: no limit" },
  historyEvents: {
    default: 10_000,
    help: "newest events kept for subscribers that come back, within 64 MiB",
  },
  requestTimeoutMs: { default: 30_000, help: "time a sender has for a whole request, then it is cut off" },
  heartbeatMs: { default: 15_000, help: "interval of the traffic that finds vanished subscribers" },
  workers: { default: 256, help: "threads (threads-*) or child processes (cgi) at once" },
  queueLength: { default: 256, help: "connections or requests that may wait for a worker, then 503" },
} as const satisfies {
  [K in keyof ServerOptions]: { default: ServerOptions[K]; env?: string; help: string };
};

/** One line for each option that is read from the environment. */
export function environmentHelp(): string {
  return Object.values(serverOptionTable)
    .flatMap((option) => ("env" in option ? [`  ${option.env.padEnd(21)} ${option.help}`] : []))
    .join("\n");
}

/** The options that the environment gives. */
export function optionsFrom(
  environment: Readonly<Record<string, string | undefined>>,
): Partial<ServerOptions> {
  const given = Object.entries(serverOptionTable).flatMap(([name, option]) => {
    const value = "env" in option ? environment[option.env] : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

/** The options with every default in place. */
export function withDefaults(given: Partial<ServerOptions> = {}): ServerOptions {
  const defaults = Object.fromEntries(
    Object.entries(serverOptionTable).map(([name, { default: value }]) => [name, value]),
  );
  return { ...(defaults as unknown as ServerOptions), ...given };
}

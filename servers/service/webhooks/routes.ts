import { cloudEventsRoutes } from "./cloudevents.ts";
import type { HookRoute } from "./dialect.ts";
import { facebookRoutes } from "./facebook.ts";
import { githubRoutes } from "./github.ts";
import { standardWebhookRoutes } from "./hooks.ts";
import { twilioRoutes } from "./twilio-voice.ts";
import { webSubRoutes } from "./websub.ts";

/** The list of the routes that take webhooks: one line for each dialect. */
export const hookRoutes: readonly HookRoute[] = [
  ...standardWebhookRoutes,
  ...twilioRoutes,
  ...githubRoutes,
  ...facebookRoutes,
  ...cloudEventsRoutes,
  ...webSubRoutes,
];

const patterns = hookRoutes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(":topic", "([A-Za-z0-9._-]{1,64})")}$`),
}));

/** The route of a path such as `/hooks/orders`, and its topic; undefined for a path that takes no webhooks. */
export function hookRouteAt(path: string): { readonly route: HookRoute; readonly topic: string } | undefined {
  for (const { route, pattern } of patterns) {
    const match = pattern.exec(path);
    if (match) return { route, topic: match[1] ?? "" };
  }
  return undefined;
}

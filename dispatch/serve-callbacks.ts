import { notFound } from "../servers/service/answer.ts";
import { Callbacks } from "./callbacks.ts";
import { serveHttp } from "./serve-http.ts";

/** Serves callbacks and nothing else, for a caller of plugins that has no server of its own. */
export async function serveCallbacks(where: {
  readonly host: string;
  readonly port: number;
}): Promise<{ readonly callbacks: Callbacks; close(): Promise<void> }> {
  // Nobody knows a callback before there is one.
  let callbacks: Callbacks | undefined;
  const { url, close } = await serveHttp(
    where,
    (request) => callbacks?.receive(request) ?? notFound(request),
  );
  callbacks = new Callbacks(url);
  return { callbacks, close };
}

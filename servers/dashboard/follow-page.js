/**
 * @import { Connection } from "./connect/connection.js"
 */

/**
 * Has connections follow what becomes of their page. A browser opens six connections to a server, for all of its tabs
 * together: a page that nobody looks at gives its own back, and goes on from its cursor when it is looked at again.
 *
 * @param {{ window: EventTarget, document: EventTarget & { readonly hidden: boolean } }} page
 * @param {() => Iterable<Pick<Connection, "connect" | "connectNow" | "lose" | "stop">>} connections
 * @param {() => boolean} isHeard whether it has something to do also when it is not seen
 */
export function followPage({ window, document }, connections, isHeard = () => false) {
  const connectNow = () => {
    for (const connection of connections()) connection.connectNow();
  };
  const stop = () => {
    for (const connection of connections()) connection.stop();
  };
  const follow = () => {
    if (!document.hidden || isHeard()) connectNow();
    else stop();
  };
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("offline", () => {
    for (const connection of connections()) connection.lose("the network is gone");
  });
  window.addEventListener("online", follow);
  // A page that is left may be kept and come back; its connections do not.
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", follow);
  // It may have been opened where nobody sees it yet.
  follow();
}

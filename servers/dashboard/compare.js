/** The page that compares: this server and its peers, each over its own transport, at once. */
import { Clock } from "./clock.js";
import { Column } from "./column.js";
import { browser } from "./connect/connect.js";
import { Connection } from "./connect/connection.js";
import { followPage } from "./follow-page.js";
import { formatGap } from "./format.js";
import { Races } from "./race.js";
import { showRaces } from "./race-strip.js";
import { askServer, setClock } from "./server-json.js";
import { drawSoon, need } from "./template.js";

const races = new Races();
/** By their origin. @type {Map<string, { column: Column, connection: Connection }>} */
const servers = new Map();

const drawRaces = drawSoon(() => {
  showRaces(races.list, [...servers.values()].map(({ column }) => column.name).filter(Boolean));
});

/** @param {string} origin */
function add(origin) {
  const clock = new Clock();
  const column = new Column(origin);
  const ask = () => askServer(origin, clock);
  const connection = new Connection({
    ...browser,
    origin,
    askServer: ask,
    onServer(about) {
      column.showServer(about);
      if (origin === location.origin) addPeers(about.peers);
    },
    onCarrier: () => {},
    onGap: (gap) => column.showGap(formatGap(gap)),
    onState(state) {
      column.showState(state);
      showLost();
      // What is not known well is said so; that the clock could not be asked is no reason to stop.
      if (state.kind === "live") setClock(ask).then(drawRaces, drawRaces);
    },
    onEvent(event, receivedAtMs, isNew) {
      column.showEvent(event, isNew ? clock.latencyMs(event.at, receivedAtMs) : undefined);
      if (isNew) races.take(column.name, event, event.at - clock.offset.ms, receivedAtMs);
      drawRaces();
    },
    onRepeat: ({ id }) => console.warn(`event ${id} of ${origin} came a second time`),
  });
  servers.set(origin, { column, connection });
  connection.connect();
}

/** Says which servers are lost, while there are any. */
function showLost() {
  const lost = [...servers.values()].flatMap(({ column: { isLost, name } }) => (isLost ? [name] : []));
  need("lost").hidden = lost.length === 0;
  need("lost-servers").textContent = lost.join(", ");
}

/** @param {readonly string[]} peers */
function addPeers(peers) {
  need("no-peers").hidden = peers.length > 0;
  for (const peer of peers) if (!servers.has(peer)) add(peer);
  need("loop").textContent = [
    `for server in ${[...servers.keys()].join(" ")}; do`,
    `  curl -d '{"hello":"world"}' -H content-type:application/json $server/hooks/test &`,
    "done",
  ].join("\n");
}

const connections = () => [...servers.values()].map(({ connection }) => connection);
new ResizeObserver(drawRaces).observe(need("latest"));
need("try-now").addEventListener("click", () => {
  for (const connection of connections()) connection.connectNow();
});
add(location.origin);
followPage({ window, document }, connections);

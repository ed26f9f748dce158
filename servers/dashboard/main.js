/** The dashboard: what happens on the one server that it came from, as it happens. */
import { Calls } from "./calls.js";
import { CallsView } from "./calls-view.js";
import { Clock } from "./clock.js";
import { browser, nowMs } from "./connect/connect.js";
import { Connection } from "./connect/connection.js";
import { showCarrier, showServer, showState } from "./connection-view.js";
import { showEvent, showGap } from "./events-view.js";
import { formatPhone } from "./format.js";
import { Recent } from "./latency.js";
import { showLatency } from "./latency-plot.js";
import { askServer, setClock } from "./server-json.js";
import { drawSoon, need } from "./template.js";

/**
 * @import { Event as ServiceEvent } from "../contract.ts"
 * @import { State } from "./connect/connection.js"
 */

const latenciesShown = 60;

const { origin } = location;
const clock = new Clock();
const calls = new Calls();
const callsView = new CallsView();
const recent = new Recent(latenciesShown);
/** @type {State} */
let state = { kind: "connecting" };
/** Once someone has clicked for it. @type {typeof import("./ring.js") | undefined} */
let sound;

const drawState = () => showState(state, connection.cursor ?? 0, nowMs());
const drawLatency = drawSoon(() => showLatency(recent, latenciesShown, clock));
const serverNowMs = () => nowMs() + clock.offset.ms;

const connection = new Connection({
  ...browser,
  origin,
  askServer: () => askServer(origin, clock),
  onServer: showServer,
  onCarrier: showCarrier,
  onGap: showGap,
  onState(now) {
    state = now;
    drawState();
    if (state.kind !== "live") return;
    callsView.know();
    // What is not known well is said so; that the clock could not be asked is no reason to stop.
    setClock(origin, clock).then(drawLatency, drawLatency);
  },
  onEvent(event, receivedAtMs, isNew) {
    document.dispatchEvent(new CustomEvent("eventreceived", { detail: { event, receivedAtMs } }));
    document.documentElement.dataset.lastEvent = String(event.id);
    if (isNew) recent.add(clock.latencyMs(event.at, receivedAtMs));
    take(event, isNew);
    drawLatency();
  },
});

/** @param {ServiceEvent} event @param {boolean} isNew */
function take(event, isNew) {
  need("last-event").textContent = `#${event.id} ${event.type}`;
  const call = calls.take(event);
  if (call === undefined) {
    showEvent(event);
    return;
  }
  callsView.show(call, serverNowMs());
  if (!isNew) return;
  if (event.type === "call.ringing") {
    announce(`Ringing: ${formatPhone(call.from)}`);
    sound?.ring();
  }
  if (event.type === "call.recorded") {
    announce(`Recording of ${formatPhone(call.from)}, ${call.recording?.durationSeconds ?? 0} s`);
    if (sound) void callsView.play(call.callSid);
  }
}

/** @param {string} text */
function announce(text) {
  need("announcer").textContent = text;
}

need("curl").textContent =
  `curl -d '{"hello":"world"}' \\\n  -H content-type:application/json \\\n  ${origin}/hooks/test`;
need("try-now").addEventListener("click", () => connection.connectNow());
need("sound").addEventListener("click", async () => {
  sound = sound ? undefined : await import("./ring.js");
  need("sound").setAttribute("aria-pressed", String(sound !== undefined));
  need("sound").textContent = sound ? "Sound on" : "Sound off";
  sound?.ring();
});
setInterval(() => {
  callsView.tick(serverNowMs());
  if (state.kind !== "live") drawState();
}, 1_000);
new ResizeObserver(drawLatency).observe(need("latency-plot"));

addEventListener("offline", () => connection.lose("the network is gone"));
addEventListener("online", () => connection.connectNow());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) connection.connectNow();
});
// A page that is left may be kept and come back; its connection does not.
addEventListener("pagehide", () => connection.stop());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) connection.connect();
});
connection.connect();

/** The dashboard: what happens on the one server that it came from, as it happens. */
import { announce } from "./announcer.js";
import { Calls } from "./calls.js";
import { CallsView } from "./calls-view.js";
import { Clock } from "./clock.js";
import { browser, isTimeout, nowMs } from "./connect/connect.js";
import { Connection } from "./connect/connection.js";
import { showCarrier, showServer, showState, showUnanswered } from "./connection-view.js";
import { EventsView, showGap } from "./events-view.js";
import { followPage } from "./follow-page.js";
import { formatPhone } from "./format.js";
import { Recent } from "./latency.js";
import { showLatency } from "./latency-plot.js";
import { ring } from "./ring.js";
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
const eventsView = new EventsView();
const recent = new Recent(latenciesShown);
/** @type {State} */
let state = { kind: "connecting" };
/** Once someone has clicked for it. */
let isSoundOn = false;
/** What the event that came last is. */
let lastEvent = "none";

const drawState = () => showState(state, connection.cursor ?? 0, nowMs());
/** All but the calls, which are shown at once. */
const drawRest = drawSoon(() => {
  need("last-event").textContent = lastEvent;
  eventsView.draw();
  callsView.prepareRecordings();
  showLatency(recent, latenciesShown, clock);
});
const serverNowMs = () => nowMs() + clock.offset.ms;

const connection = new Connection({
  ...browser,
  origin,
  askServer: ask,
  onServer: showServer,
  onCarrier: showCarrier,
  onGap: showGap,
  onState(now) {
    state = now;
    drawState();
    if (state.kind !== "live") return;
    callsView.know();
    // What is not known well is said so; that the clock could not be asked is no reason to stop.
    setClock(ask).then(drawRest, drawRest);
  },
  onEvent(event, receivedAtMs, isNew) {
    tell(event, receivedAtMs);
    document.documentElement.dataset.lastEvent = String(event.id);
    if (isNew) recent.add(clock.latencyMs(event.at, receivedAtMs));
    take(event, isNew);
    drawRest();
  },
  onRepeat: tell,
});

/** For whoever measures or tests: each event as it comes. @param {ServiceEvent} event @param {number} receivedAtMs */
function tell(event, receivedAtMs) {
  document.dispatchEvent(new CustomEvent("eventreceived", { detail: { event, receivedAtMs } }));
}

/** Asks the server what it is. While its events come, no answer means that there is no connection left to ask on. */
async function ask() {
  try {
    const about = await askServer(origin, clock);
    showUnanswered(false);
    return about;
  } catch (error) {
    showUnanswered(state.kind === "live" && isTimeout(error));
    throw error;
  }
}

/** @param {ServiceEvent} event @param {boolean} isNew */
function take(event, isNew) {
  lastEvent = `#${event.id} ${event.type}`;
  const call = calls.take(event);
  if (call === undefined) {
    eventsView.add(event);
    return;
  }
  callsView.show(call, serverNowMs());
  if (!isNew) return;
  if (event.type === "call.ringing") {
    announce(`Ringing: ${formatPhone(call.from)}`);
    if (isSoundOn) ring();
  }
  if (event.type === "call.recorded") {
    announce(`Recording of ${formatPhone(call.from)}, ${call.recording?.durationSeconds ?? 0} s`);
    if (isSoundOn) callsView.play(call.callSid);
  }
}

need("curl").textContent =
  `curl -d '{"hello":"world"}' \\\n  -H content-type:application/json \\\n  ${origin}/hooks/test`;
need("try-now").addEventListener("click", () => connection.connectNow());
need("sound").addEventListener("click", () => {
  isSoundOn = !isSoundOn;
  need("sound").setAttribute("aria-pressed", String(isSoundOn));
  need("sound").textContent = isSoundOn ? "Sound on" : "Sound off";
  if (isSoundOn) ring();
});
setInterval(() => {
  callsView.tick(serverNowMs());
  if (state.kind !== "live") drawState();
}, 1_000);
new ResizeObserver(drawRest).observe(need("latency-plot"));
connection.connect();
// With its sound on, it rings also when nobody looks at it.
followPage(
  { window, document },
  () => [connection],
  () => isSoundOn,
);

import type { IoModel, Transport } from "../../servers/contract.ts";
import type {
  Column,
  Environment,
  ErrorCounts,
  LoadProcessUse,
  Option,
  Outcome,
  Phase,
  Run,
  ScenarioInfo,
  ServerInfo,
  Trial,
  Unit,
} from "../result.ts";
import { schemaVersion } from "../result.ts";
import type { JsonReader } from "./json-reader.ts";
import { mergedHistogram } from "./merged-histogram.ts";

const ioModels = ["event loop", "thread per connection", "process per request"] as const satisfies IoModel[];
const transports = [
  "polling",
  "comet",
  "streaming",
  "ws",
  "socketio",
  "socketio-polling",
  "tcp",
] as const satisfies Transport[];
const units = ["ms", "µs", "per second", "count", "bytes", "percent"] as const satisfies Unit[];
const phases = ["start", "verify", "ramp", "warm-up", "measure", "drain", "stop"] as const satisfies Phase[];
const roles = ["subscribers", "publisher", "ingest"] as const satisfies LoadProcessUse["role"][];

/** A run out of JSON whose schema version is the present one. Throws `Misshapen` at the first thing amiss. */
export function runOf(json: JsonReader): Run {
  const servers = json.at("servers").list(serverOf);
  const scenarios = json.at("scenarios").list(scenarioOf);
  const serverNames = servers.map(({ name }) => name);
  const scenarioNames = scenarios.map(({ name }) => name);
  return {
    schemaVersion,
    id: json.at("id").text(),
    startedAt: json.at("startedAt").text(),
    durationMs: json.at("durationMs").number(),
    complete: json.at("complete").boolean(),
    options: json.at("options").record(optionOf),
    seed: json.at("seed").number(),
    environment: environmentOf(json.at("environment")),
    servers,
    scenarios,
    trials: json.at("trials").list((trial) => trialOf(trial, scenarioNames, serverNames)),
  };
}

function optionOf(json: JsonReader): Option {
  if (json.isList()) return json.list((item) => (item.isNumber() ? item.number() : item.text()));
  if (json.isText()) return json.text();
  return json.isNumber() ? json.number() : json.boolean();
}

function serverOf(json: JsonReader): ServerInfo {
  return {
    name: json.at("name").text(),
    ioModel: json.at("ioModel").oneOf(ioModels),
    transport: json.at("transport").oneOf(transports),
    summary: json.at("summary").text(),
  };
}

function scenarioOf(json: JsonReader): ScenarioInfo {
  return {
    name: json.at("name").text(),
    question: json.at("question").text(),
    conditions: json.at("conditions").list((sentence) => sentence.text()),
    columns: json.at("columns").list(columnOf),
  };
}

function columnOf(json: JsonReader): Column {
  return {
    figure: json.at("figure").text(),
    title: json.at("title").text(),
    unit: json.at("unit").oneOf(units),
    better: json.at("better").oneOf(["lower", "higher"]),
  };
}

function trialOf(json: JsonReader, scenarios: readonly string[], servers: readonly string[]): Trial {
  const clampedBecause = json.at("clampedBecause").optional((reason) => reason.text());
  return {
    scenario: json.at("scenario").oneOf(scenarios),
    server: json.at("server").oneOf(servers),
    point: json.at("point").record((coordinate) => coordinate.number()),
    ...(clampedBecause === undefined ? {} : { clampedBecause }),
    block: json.at("block").number(),
    startedAt: json.at("startedAt").text(),
    durationMs: json.at("durationMs").number(),
    outcome: outcomeOf(json.at("outcome")),
  };
}

function outcomeOf(json: JsonReader): Outcome {
  const state = json.at("state").oneOf(["completed", "failed", "exempt"]);
  switch (state) {
    case "completed":
      return {
        state,
        figures: json.at("figures").record((figure) => figure.number()),
        histograms: json.at("histograms").record(histogramOf),
        errors: errorsOf(json.at("errors")),
        load: json.at("load").list(loadOf),
        generatorBound: json.at("generatorBound").boolean(),
        notes: json.at("notes").list((note) => note.text()),
      };
    case "failed":
      return { state, phase: json.at("phase").oneOf(phases), message: json.at("message").text() };
    case "exempt":
      return { state, reason: json.at("reason").text() };
  }
}

/** Decoded once here, so that a damaged one is told with its place. */
function histogramOf(json: JsonReader): string {
  const text = json.text();
  try {
    mergedHistogram([text]);
  } catch {
    return json.fail("an HDR histogram, compressed and in base64");
  }
  return text;
}

function errorsOf(json: JsonReader): ErrorCounts {
  const count = (kind: keyof ErrorCounts) => json.at(kind).number();
  return {
    connect: count("connect"),
    ended: count("ended"),
    publish: count("publish"),
    missing: count("missing"),
    repeated: count("repeated"),
    dropped: count("dropped"),
  };
}

function loadOf(json: JsonReader): LoadProcessUse {
  return { role: json.at("role").oneOf(roles), utilisation: json.at("utilisation").number() };
}

function environmentOf(json: JsonReader): Environment {
  const commit = json.at("commit").optional((value) => value.text());
  const openFilesLimit = json.at("openFilesLimit").optional((value) => value.number());
  const tcpCongestionControl = json.at("tcpCongestionControl").optional((value) => value.text());
  return {
    cpu: json.at("cpu").text(),
    cores: json.at("cores").number(),
    memoryBytes: json.at("memoryBytes").number(),
    platform: json.at("platform").text(),
    kernel: json.at("kernel").text(),
    node: json.at("node").text(),
    packages: json.at("packages").record((version) => version.text()),
    ...(commit === undefined ? {} : { commit }),
    ...(openFilesLimit === undefined ? {} : { openFilesLimit }),
    ...(tcpCongestionControl === undefined ? {} : { tcpCongestionControl }),
    loadAverage: json.at("loadAverage").number(),
    pinning: json.at("pinning").text(),
  };
}

import type { ProfileName } from "../../profiles.ts";
import type { Lab } from "../lab.ts";
import type { FramingMethods } from "./framing-process.ts";

const megabyte = 1e6;

/** Payload framed in each trial, in MB; a quarter of it before as a warm-up. */
const megabytes = { smoke: 1, quick: 16, standard: 64, full: 128 } satisfies Record<ProfileName, number>;

const payloadSizes = [128, 64 * 1024];

const lab: Lab = {
  name: "masking",
  question: "What does masking cost the sender of WebSocket frames?",
  columns: [
    { figure: "cpuMsPerMb", title: "CPU per MB", unit: "ms", better: "lower" },
    { figure: "headerBytes", title: "header of a frame", unit: "bytes", better: "lower" },
  ],
  arms: [
    { name: "masked", summary: "frames with a fresh random key each, by the ws package" },
    { name: "copied", summary: "the same frames without a mask, their payload copied all the same" },
  ],
  conditions: ({ profile }) => [
    `Frames of one payload are made one after the other, ${megabytes[profile]} MB of it for each figure, and sent to nobody; 1 MB is 1,000,000 bytes of payload.`,
    "The mask is that of the ws package, in JavaScript where Node.js brings none: the native bufferutil is not installed.",
  ],
  cells: () =>
    ["masked", "copied"].flatMap((arm) =>
      payloadSizes.map((payloadBytes) => ({ arm, point: { payloadBytes } })),
    ),
  expectedMs: (_cell, { profile }) => 200 + 10 * megabytes[profile],
  async measure({ arm, point }, bench) {
    const { payloadBytes = 0 } = point;
    const frames = Math.ceil((megabytes[bench.options.profile] * megabyte) / payloadBytes);
    const framing = bench.start<FramingMethods>("masking/framing-process.ts", "server");
    const order = { masked: arm === "masked", payloadBytes, frames };
    await framing.call("makeFrames", { ...order, frames: Math.ceil(frames / 4) });
    const { cpuMs, bytes } = await framing.call("makeFrames", order);
    const payloadMegabytes = (frames * payloadBytes) / megabyte;
    return {
      figures: { cpuMsPerMb: cpuMs / payloadMegabytes, headerBytes: bytes / frames - payloadBytes },
    };
  },
};

export default lab;

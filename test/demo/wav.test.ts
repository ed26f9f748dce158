import { expect, it } from "vitest";
import { makeRecording, sampleRate } from "../../demo/fake-twilio/wav.ts";

const headerBytes = 44;

function samplesOf(wav: Buffer): Int16Array {
  const samples = (wav.length - headerBytes) / 2;
  return Int16Array.from({ length: samples }, (_, sample) => wav.readInt16LE(headerBytes + 2 * sample));
}

/** Root of the mean square, 1 being full scale. */
function loudness(samples: Int16Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return Math.sqrt(sum / samples.length) / 0x7fff;
}

it("is a WAV file of 8 kHz, 16 bits and one channel, as long as its header says", () => {
  const wav = makeRecording("CA1", 1.5);
  expect(wav.toString("latin1", 0, 4)).toBe("RIFF");
  expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
  expect(wav.toString("latin1", 8, 16)).toBe("WAVEfmt ");
  const format = [wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt32LE(28)];
  expect(format).toEqual([1, 1, 8_000, 16_000]);
  expect([wav.readUInt16LE(32), wav.readUInt16LE(34)]).toEqual([2, 16]);
  expect(wav.readUInt32LE(40)).toBe(1.5 * 16_000);
  expect(wav.length).toBe(headerBytes + 1.5 * 16_000);
});

it("can be heard throughout, and clips nowhere", () => {
  const samples = samplesOf(makeRecording("CA1", 1.5));
  const beep = samples.subarray(0, 0.35 * sampleRate);
  const voice = samples.subarray(0.5 * sampleRate);
  expect(loudness(beep)).toBeGreaterThan(0.1);
  expect(loudness(voice)).toBeGreaterThan(0.05);
  for (let begin = 0; begin < voice.length; begin += sampleRate / 2) {
    expect(loudness(voice.subarray(begin, begin + sampleRate / 2))).toBeGreaterThan(0.03);
  }
  expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0x7fff);
  expect(samples.at(-1)).toBe(0);
});

it("is the same for the same call, and another for another", () => {
  expect(makeRecording("CA1", 0.7)).toEqual(makeRecording("CA1", 0.7));
  expect(makeRecording("CA1", 0.7)).not.toEqual(makeRecording("CA2", 0.7));
});

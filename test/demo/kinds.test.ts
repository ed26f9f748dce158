import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { pipes } from "../../demo/kinds/pipes.ts";
import { plugins } from "../../demo/kinds/plugins.ts";
import { push } from "../../demo/kinds/push.ts";
import { type Kind, NotSeen, playKind } from "../../demo/kinds/scene.ts";
import { painter, screenWidth } from "../../demo/screen.ts";

const program = fileURLToPath(new URL("../../dist/demo/kinds/cli.js", import.meta.url));

// At once, for each waits most of its time. Plugins at the pace of life: those that answer have their time limit too.
it.concurrent.each([
  { ...pipes, pace: 0.3 },
  { ...plugins, pace: 1 },
])("plays $name, every step in its order", async ({ pace, ...kind }) => {
  const { verdict, lines } = await play(kind, pace);
  expect(verdict).toBe("done");
  expectSteps(lines, kind);
});

it.concurrent("plays push as a command, which ends with 0 when every step was seen", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, "push"]);
  const lines = stdout.split("\n");
  expectSteps(lines, push);
  expect(lines.at(-2)).toBe("  Every step was seen.");
});

it.concurrent("says what was not seen", async () => {
  const { verdict, lines } = await play({
    ...push,
    steps: [["Seen"], ["Missed"], ["Missed too"]],
    async play(scene) {
      scene.step("Seen", "it was");
      throw new NotSeen("expected an answer, got none");
    },
  });
  expect(verdict).toBe("no");
  expect(lines.at(-1)).toContain("expected an answer, got none. Not seen: Missed, Missed too");
});

async function play(kind: Kind, pace = 0.3): Promise<{ readonly verdict: string; readonly lines: string[] }> {
  const lines: string[] = [];
  const verdict = await playKind(kind, {
    serverName: "ws",
    pace,
    signal: new AbortController().signal,
    paint: painter(false),
    print: (text) => lines.push(...text.split("\n")),
  });
  return { verdict, lines };
}

/** Every step, numbered, on a screen of 80 columns. */
function expectSteps(lines: readonly string[], { steps }: Kind): void {
  const told = lines.flatMap((line) => /^ {1,2}(\d{1,2}) {2}(.{14}) {2,}\d/.exec(line)?.slice(1, 3) ?? []);
  expect(told).toEqual(steps.flatMap(([name], index) => [String(index + 1), name.padEnd(14)]));
  expect(lines.filter((line) => line.length > screenWidth)).toEqual([]);
}

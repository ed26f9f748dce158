import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { directReads } from "../../../../bench/labs/ladder/direct-reads.ts";
import { median } from "../../../../bench/stats/median.ts";
import { projectFolder } from "../../../../cli/project.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function readsIn(parent: string) {
  const folder = await mkdtemp(join(parent, "ladder-"));
  folders.push(folder);
  const file = join(folder, "read");
  const read = directReads({ file, fileBytes: 1024 * 1024, seed: 1, atMost: 20, measureMs: 1_000 });
  expect(existsSync(file)).toBe(false);
  return read;
}

it("reads past the page cache, which takes longer than through it, or says why not", async () => {
  const read = await readsIn(fileURLToPath(new URL("dist/", projectFolder)));
  if ("exempt" in read) return expect(read.exempt).toMatch(/O_DIRECT|memory|storage|aligned/);
  expect(read.directNs.length).toBeGreaterThan(0);
  expect(read.directNs.length).toBeLessThanOrEqual(20);
  expect(median(read.directNs)).toBeGreaterThan(median(read.cachedNs) ?? Number.NaN);
});

it.runIf(process.platform === "linux" && existsSync("/dev/shm"))(
  "is exempt where files are in memory",
  async () => {
    expect(await readsIn("/dev/shm")).toEqual({ exempt: expect.stringContaining("in memory") });
  },
);

import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Bytes of the data caches of a core, by level, as far as the system tells. */
export type Caches = Readonly<Partial<Record<1 | 2 | 3, number>>>;

/** What the kernel says of one cache. */
export interface CacheText {
  readonly level: string;
  readonly type: string;
  readonly size: string;
}

/** Source: the kernel's sysfs-devices-system-cpu, `cache/index*`; where there is none, nothing is known. */
export function readCaches(core = 0): Caches {
  const folder = `/sys/devices/system/cpu/cpu${core}/cache`;
  if (!existsSync(folder)) return {};
  const indexes = readdirSync(folder).filter((name) => /^index\d+$/.test(name));
  return cachesOf(
    indexes.map((index) => {
      const read = (name: string) => readFileSync(`${folder}/${index}/${name}`, "utf8").trim();
      return { level: read("level"), type: read("type"), size: read("size") };
    }),
  );
}

export function cachesOf(texts: readonly CacheText[]): Caches {
  const data = texts.filter(({ type }) => type !== "Instruction");
  return Object.fromEntries(data.map(({ level, size }) => [Number(level), bytesOf(size)]));
}

const powers: Readonly<Record<string, number>> = { "": 0, K: 1, M: 2, G: 3 };

/** `32K` in bytes. */
function bytesOf(size: string): number {
  const [, digits, unit = ""] = /^(\d+)([KMG]?)$/.exec(size) ?? [];
  const power = powers[unit];
  if (digits === undefined || power === undefined)
    throw new Error(`expected the size of a cache such as 32K, got ${JSON.stringify(size)}`);
  return Number(digits) * 1024 ** power;
}

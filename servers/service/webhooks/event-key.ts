import { createHash } from "node:crypto";

/**
 * The key of an event whose sender's own names for it may be long, or hold anything: as many characters always, and
 * another for other names.
 */
export function eventKey(dialect: string, ...names: readonly string[]): string {
  return `${dialect}:${createHash("sha256").update(JSON.stringify(names)).digest("base64url")}`;
}

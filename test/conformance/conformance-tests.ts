import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Host } from "../../conformance/check.ts";
import { ownHost } from "../../conformance/own-host.ts";
import { runCheck, whyNotAsked } from "../../conformance/run-check.ts";
import { suite } from "../../conformance/suite.ts";
import { loadServer, type ServerName } from "../../servers/index.ts";

/** Every check of the suite as a test of one server. Each server has a file, so that they run in parallel. */
export async function conformanceTests(name: ServerName): Promise<void> {
  const server = await loadServer(name);
  describe(`server ${name}`, () => {
    let host: Host;
    beforeAll(async () => {
      host = await ownHost(name);
    });
    afterAll(() => host.close());
    for (const check of suite) {
      const not = whyNotAsked(check, { ...server, launch: true });
      if (not) {
        it.skip(`${check.name} (${not.status}: ${not.reason})`);
        continue;
      }
      it(check.name, async () => {
        expect(await runCheck(check, host)).toEqual({ status: "passed" });
      });
    }
  });
}

import { afterEach, expect, it, vi } from "vitest";
import { exemptionOf } from "../../../bench/trial/exemption.ts";

afterEach(() => vi.unstubAllEnvs());

it("exempts what takes a browser where there is none, and says how to come by one", () => {
  vi.stubEnv("PATH", "");
  vi.stubEnv("CHROMIUM_PATH", "");
  expect(exemptionOf({ subscribersAre: "pages" })).toMatch(
    /^no Chromium on the PATH .*apt-get install chromium/,
  );
  expect(exemptionOf({})).toBeUndefined();
});

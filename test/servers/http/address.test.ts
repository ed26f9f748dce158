import { expect, it } from "vitest";
import { addressOf } from "../../../servers/http/address.ts";

it.each([
  ["127.0.0.1", "http://127.0.0.1:80"],
  ["localhost", "http://localhost:80"],
  ["::1", "http://[::1]:80"],
])("writes the address of %s", (host, address) => expect(addressOf("http", host, 80)).toBe(address));

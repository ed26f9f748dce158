import { expect, it } from "vitest";
import { parseDatabaseUrl } from "../../bench/database-url.ts";

it.each([
  [
    "postgres://me:s%40fe@host:5433/name?sslmode=require",
    "postgres://me@host:5433/name?sslmode=require",
    "s@fe",
  ],
  ["postgresql://me:safe@%2Ftmp%2Fsocket/name", "postgresql://me@%2Ftmp%2Fsocket/name", "safe"],
  ["postgres:///name?host=/tmp&password=safe&user=me", "postgres:///name?host=%2Ftmp&user=me", "safe"],
  ["postgres://me:100%@host/name", "postgres://me@host/name", "100%"],
  // Where both stand there, the parameter counts, as the driver reads it.
  ["postgres://me:one@host/name?password=two", "postgres://me@host/name", "two"],
])("takes the password out of %s", (text, url, password) => {
  expect(parseDatabaseUrl(text)).toEqual({ url, password });
});

it.each(["postgres://host", "postgres://me@host/name?sslmode=disable"])("leaves %s as it is", (text) => {
  expect(parseDatabaseUrl(text)).toEqual({ url: text });
});

it.each(["", "localhost:5432", "mysql://me@host/name", "postgres://me@/name"])(
  "takes %j for no URL",
  (text) => {
    expect(parseDatabaseUrl(text)).toBeUndefined();
  },
);

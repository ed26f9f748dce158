import { expect, it } from "vitest";
import { startAdvice } from "../../servers/start-advice.ts";

it.each([
  ["listen EADDRINUSE: address already in use ::1:8080", "--port"],
  ["listen EACCES: permission denied 0.0.0.0:80", "1024"],
  ["listen EADDRNOTAVAIL: address not available 10.9.9.9", "--host"],
  ["getaddrinfo ENOTFOUND nowhere.invalid", "--host"],
  ["EACCES: permission denied, mkdir '/data/x'", "--data-folder"],
  ["ENOTDIR: not a directory, mkdir '/etc/passwd/x'", "--data-folder"],
  ["expected one thing, got another; do a third", "do as it says"],
])("advises on %s", (message, advice) => expect(startAdvice(message)).toContain(advice));

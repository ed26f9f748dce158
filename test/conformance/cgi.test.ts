import { conformanceTests } from "./conformance-tests.ts";

await conformanceTests("cgi");

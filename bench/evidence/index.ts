import calibration from "./calibration.ts";
import noise from "./noise.ts";
import type { EvidencePage } from "./page.ts";
import stall from "./stall.ts";
import verdicts from "./verdicts.ts";

export const evidencePages: readonly EvidencePage[] = [calibration, stall, noise, verdicts];

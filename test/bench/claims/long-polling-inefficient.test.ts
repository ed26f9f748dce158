import claim from "../../../bench/claims/long-polling-inefficient.ts";
import { cometCostExamples } from "./comet-cost-examples.ts";
import { itRules } from "./rulings.ts";

itRules(claim, cometCostExamples("comet"));

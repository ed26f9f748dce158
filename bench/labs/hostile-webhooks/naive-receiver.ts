import express, { type Express } from "express";

/** The receiver that a first tutorial ends with: it takes JSON, does the thing, and says that all went well. */
export function naiveReceiver(ship: (order: unknown) => void): Express {
  const app = express();
  app.use(express.json());
  app.post("/hooks/orders", (request, response) => {
    ship(request.body);
    response.sendStatus(200);
  });
  return app;
}

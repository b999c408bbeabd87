import { channelsIn } from "./channels.ts";
import type { Database } from "./database.ts";
import { deliveriesIn } from "./deliveries.ts";
import { digestsIn } from "./digests.ts";
import { evaluationsIn } from "./evaluations.ts";
import { historyIn } from "./history.ts";
import { incidentsIn } from "./incidents.ts";
import { expireLeases } from "./leases.ts";
import { readingsIn } from "./readings.ts";
import { record } from "./record.ts";
import { repositoriesIn } from "./repositories.ts";
import type { Store } from "./store.ts";

/** The store on a database whose schema is up to date. Disposing of it closes the database. */
export function storeOn(db: Database): Store {
  return {
    repositories: repositoriesIn(db),
    history: historyIn(db),
    evaluations: evaluationsIn(db),
    incidents: incidentsIn(db),
    channels: channelsIn(db),
    deliveries: deliveriesIn(db),
    digests: digestsIn(db),
    readings: (version) => readingsIn(db, version),
    record: (step) => db.transaction().execute((tx) => record(tx, step)),
    expireLeases: (isDead) => expireLeases(db, isDead),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

import type { Generated, Kysely } from "kysely";
import type { DeliveryRow, EvaluationRow, Schema } from "./schema.ts";

/** The schema as queries see it: the database counts `sequence` itself. */
export interface Tables extends Omit<Schema, "delivery" | "evaluation"> {
  delivery: Counted<DeliveryRow>;
  evaluation: Counted<EvaluationRow>;
}

export type Database = Kysely<Tables>;

type Counted<Row extends { sequence: number }> = Omit<Row, "sequence"> & {
  sequence: Generated<number>;
};

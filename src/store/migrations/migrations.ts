import type { Migration } from "kysely";
import { up as initial } from "./0001-initial.ts";

/** In the order of their names. A migration that was released is never changed: a later one mends it. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-initial": { up: initial },
};

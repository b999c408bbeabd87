import { ActionableError } from "../core/errors.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store that DATABASE_URL names.
 *
 * @param url `sqlite:path/to/file.db`, or `sqlite::memory:` for one that is forgotten when it is closed
 * @throws ActionableError when it cannot be used; the message never holds the password of a URL
 */
export async function openStore(url: string): Promise<Store> {
  if (/^postgres(?:ql)?:/.test(url)) {
    throw new ActionableError(
      "This version keeps its data in SQLite; PostgreSQL comes with a later one.",
      {
        hint: "Set DATABASE_URL to a file, such as sqlite:data/phasewatch.db, or leave it out.",
      },
    );
  }
  // `sqlite://data/x.db` and `sqlite:///var/x.db` are what other programs teach people to write.
  const path = url.startsWith("sqlite:")
    ? url.slice("sqlite:".length).replace(/^\/\//, "")
    : "";
  if (path === "") {
    throw new ActionableError("DATABASE_URL names no database.", {
      hint: "Write sqlite: and the path of a file, such as sqlite:data/phasewatch.db.",
    });
  }
  // Loading the query builder takes longer than most answers: a command that needs no store must not wait for it.
  const [{ openSqlite }, { storeOn }] = await Promise.all([
    import("./sqlite.ts"),
    import("./storeOn.ts"),
  ]);
  return storeOn(await openSqlite(path));
}

import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type {
  CompiledQuery as Compiled,
  DatabaseConnection,
  Dialect,
  Kysely as KyselyOn,
  SqliteDatabase,
} from "kysely";
import { ActionableError } from "../core/errors.ts";
import type { Database, Tables } from "./database.ts";
import {
  CompiledQuery,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "./kysely.ts";
import { migrations } from "./migrations/migrations.ts";

/** How long one process waits for another that is writing to the same file. */
const BUSY_MS = 5000;
const BUSY_STEP_MS = 5;

/** SQLite's primary result codes: https://sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * Opens a file, makes it and its directory when they are missing, and brings its schema up to date. Several processes may
 * open one file.
 *
 * @param path of the file, or `:memory:`
 * @throws ActionableError when the file cannot be opened, is no SQLite file, belongs to another program or to a newer phasewatch
 */
export async function openSqlite(path: string): Promise<Database> {
  const db = new Kysely<Tables>({
    dialect: new NodeSqliteDialect(openFile(path)),
  });
  try {
    await prepare(db, path);
    return db;
  } catch (error) {
    await db.destroy();
    throw explained(error, path);
  }
}

function openFile(path: string): DatabaseSync {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    // SQLite opens a file that may only be read without a word, and complains at the first write.
    if (existsSync(path)) accessSync(path, constants.W_OK);
    return new DatabaseSync(path, { enableForeignKeyConstraints: true });
  } catch (error) {
    throw explained(error, path);
  }
}

async function prepare(db: Database, path: string): Promise<void> {
  await sql`pragma journal_mode = wal`.execute(db);
  // Without it a commit survives the death of the process, but not that of the machine.
  await sql`pragma synchronous = full`.execute(db);

  // Cheaper than asking the Migrator each time.
  const latest = Object.keys(migrations).length;
  const version = await schemaVersion(db);
  if (version > latest) {
    throw new ActionableError(
      `The store ${path} was written by a newer version of phasewatch (schema ${version}; this program knows ${latest}).`,
      {
        hint: "Start the newer version again, or give this one another file in DATABASE_URL.",
      },
    );
  }
  if (version === latest) return;
  if (await isForeign(db)) {
    throw new ActionableError(
      `The file ${path} is the database of another program.`,
      {
        hint: "Give phasewatch a file of its own in DATABASE_URL, such as sqlite:data/phasewatch.db.",
      },
    );
  }
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  }).migrateToLatest();
  if (error !== undefined) throw error;
  await sql.raw(`pragma user_version = ${latest}`).execute(db);
}

async function schemaVersion(db: Database): Promise<number> {
  const { rows } = await sql<{
    user_version: number;
  }>`pragma user_version`.execute(db);
  return rows[0]?.user_version ?? 0;
}

async function isForeign(db: Database): Promise<boolean> {
  const tables = await db.introspection.getTables({
    withInternalKyselyTables: true,
  });
  return (
    tables.length > 0 && !tables.some(({ name }) => name === "kysely_migration")
  );
}

function codeOf(error: unknown): number | null {
  return error instanceof Error &&
    "errcode" in error &&
    typeof error.errcode === "number"
    ? // The extended codes keep the primary one in their lowest byte.
      error.errcode & 0xff
    : null;
}

function explained(error: unknown, path: string): unknown {
  if (error instanceof ActionableError) return error;
  const code = codeOf(error);
  const why = error instanceof Error ? error.message : String(error);
  if (code === SQLITE_NOTADB || code === SQLITE_CORRUPT) {
    return new ActionableError(
      `The store ${path} is damaged or no SQLite file (${why}).`,
      {
        hint: "Restore the file from a backup, or move it away: phasewatch then starts with an empty store and reads its repositories again.",
        cause: error,
      },
    );
  }
  if (code === SQLITE_BUSY) {
    return new ActionableError(
      `The store ${path} is locked by another process (${why}).`,
      {
        hint: "Wait until that process is done, or stop it, and try again.",
        cause: error,
      },
    );
  }
  return new ActionableError(`The store ${path} cannot be opened (${why}).`, {
    hint: "Make sure that its directory exists, is writable and has space left, or name another file in DATABASE_URL.",
    cause: error,
  });
}

/**
 * Waits while another process writes, and lets this one go on meanwhile: SQLite's own waiting (`busy_timeout`) stops the whole program,
 * and would wait in vain for a second store of the same program.
 */
async function patiently<T>(action: () => T): Promise<Awaited<T>> {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (codeOf(error) !== SQLITE_BUSY || performance.now() > until) {
        throw error;
      }
      await sleep(BUSY_STEP_MS);
    }
  }
}

class NodeSqliteDialect implements Dialect {
  readonly #file: DatabaseSync;

  constructor(file: DatabaseSync) {
    this.#file = file;
  }

  createDriver(): NodeSqliteDriver {
    return new NodeSqliteDriver(this.#file);
  }

  createQueryCompiler() {
    return new SqliteQueryCompiler();
  }

  createAdapter(): TransactionalAdapter {
    return new TransactionalAdapter();
  }

  createIntrospector(db: KyselyOn<unknown>) {
    return new SqliteIntrospector(db);
  }
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #file: DatabaseSync;

  constructor(file: DatabaseSync) {
    super({ database: asKyselyExpects(file) });
    this.#file = file;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: <R>(query: Compiled) =>
        patiently(() => connection.executeQuery<R>(query)),
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
  }

  /** A deferred transaction that reads before it writes fails at once, without waiting, when another process wrote in between. */
  override async beginTransaction(
    connection: DatabaseConnection,
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  /** Some errors (a full disk) have rolled back already; a second rollback would hide them behind an error of its own. */
  override async rollbackTransaction(
    connection: DatabaseConnection,
  ): Promise<void> {
    if (this.#file.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite can roll back a change of its schema: a migration that is interrupted leaves nothing behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely was written against better-sqlite3, whose statements know whether they return rows. */
function asKyselyExpects(file: DatabaseSync): SqliteDatabase {
  return {
    close: () => file.close(),
    prepare: (query) => {
      const statement = file.prepare(query);
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly SQLInputValue[]) =>
          statement.all(...parameters),
        run: (parameters: readonly SQLInputValue[]) =>
          statement.run(...parameters),
        iterate: (parameters: readonly SQLInputValue[]) =>
          statement.iterate(...parameters),
      };
    },
  };
}

import type { BackingService } from '#shared/scan.ts';
import { wordFor } from '../database-words.ts';
import type { Draft } from './draft.ts';
import type { Signal } from './source-signals.ts';
import { choicesOf, leadsTo } from './variables.ts';

const relational = ['postgres', 'mysql', 'mariadb', 'sqlserver'] as const;

/** Clients of SQLite: a program with one needs no database server to run. */
const sqlite =
  /^(?:gorm\.io\/driver\/sqlite|github\.com\/(?:mattn\/go-sqlite3|glebarez\/(?:go-)?sqlite)|modernc\.org\/sqlite|better-sqlite3|sqlite3|rusqlite|(?:sqlx|diesel):sqlite|ecto_sqlite3|exqlite|aiosqlite|org\.xerial:sqlite-jdbc|jdbc:sqlite|microsoft\.entityframeworkcore\.sqlite|prisma:sqlite|drizzle:sqlite)$/;

/**
 * Of relational databases that a program has clients for but uses one of, leaves those that it can be
 * told to use: one where a variable chooses between them, and none where it has SQLite as well and no
 * variable and no file of its author leads to another (`named`).
 */
export function keepChosen(
  draft: Draft,
  own: readonly Signal[],
  found: Map<BackingService, unknown>,
  named: ReadonlySet<BackingService>,
): void {
  const present = relational.filter((system) => found.has(system));
  const choices = [...choicesOf(own).values()];
  const chosen = choices
    .map((words) => present.filter((system) => wordFor(system, words) !== null))
    .find((systems) => systems.length > 1);
  if (chosen) {
    const one = chosen.find((system) => named.has(system)) ?? chosen[0];
    for (const system of chosen) if (system !== one) found.delete(system);
    return;
  }
  const embedded = draft.dependencies.find(({ name }) => sqlite.test(name.toLowerCase()));
  if (!embedded) return;
  const untold = present.filter(
    (system) =>
      !named.has(system) &&
      !own.some(({ fact, value }) => fact === 'env' && leadsTo(system, value)) &&
      !draft.variables.some(({ name }) => leadsTo(system, name)),
  );
  for (const system of untold) found.delete(system);
  if (untold.length > 0 && draft.kind !== 'library') {
    draft.unknown(
      'backingServices',
      `It has clients of ${untold.join(', ')} beside SQLite (${embedded.file}:${embedded.line}), and no variable leads to one: it keeps its data in a file unless its settings say otherwise.`,
    );
  }
}

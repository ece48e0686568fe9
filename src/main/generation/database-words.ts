import type { BackingService } from '#shared/scan.ts';

const words: Readonly<Partial<Record<BackingService, RegExp>>> = {
  postgres: /^(?:postgres(?:ql)?|pg|pgsql|django\.db\.backends\.postgresql\w*)$/,
  mysql: /^(?:mysql2?|django\.db\.backends\.mysql)$/,
  mariadb: /^(?:mariadb|mysql2?|django\.db\.backends\.mysql)$/,
  sqlserver: /^(?:mssql|sqlserver|sqlsrv)$/,
};

/** Which of these words, by which a source chooses its database, means the system; null where none does. */
export function wordFor(system: BackingService, choices: readonly string[]): string | null {
  return choices.find((choice) => words[system]?.test(choice)) ?? null;
}

/** Whether a word means SQLite, which keeps its data in a file and runs in no container of its own. */
export function isSqliteWord(choice: string): boolean {
  return /sqlite/.test(choice);
}

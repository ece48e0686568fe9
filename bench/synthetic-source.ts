/** Seeded numbers from 0 to 1 (mulberry32): the same tree on every run and machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Languages of the synthetic services. */
export const languages = ['node', 'python', 'go'] as const;
/** One of {@link languages}. */
export type Language = (typeof languages)[number];

/** How a source file of each language ends. */
export const extensions: Readonly<Record<Language, string>> = {
  node: 'ts',
  python: 'py',
  go: 'go',
};

const writers: Readonly<Record<Language, (name: string, n: number) => string>> = {
  node: (name, n) => `/** Loads the ${name} records that belong to one account. */
export async function load${name}${n}(account: string, limit = ${n}): Promise<Row[]> {
  const rows = await db.query('SELECT id, name, total FROM ${name} WHERE account = $1 LIMIT $2', [account, limit]);
  return rows.filter((row) => row.total > ${n}).map((row) => ({ ...row, label: \`\${row.name} (${n})\` }));
}
`,
  python: (name, n) => `def load_${name}_${n}(account: str, limit: int = ${n}) -> list[dict]:
    """Loads the ${name} records that belong to one account."""
    rows = db.execute("SELECT id, name, total FROM ${name} WHERE account = %s LIMIT %s", (account, limit))
    return [{**row, "label": f"{row['name']} (${n})"} for row in rows if row["total"] > ${n}]

`,
  go: (name, n) => `// Load${name}${n} loads the ${name} records that belong to one account.
func Load${name}${n}(ctx context.Context, account string, limit int) ([]Row, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name, total FROM ${name} WHERE account = $1 LIMIT $2", account, limit)
	if err != nil {
		return nil, fmt.Errorf("load ${name} ${n}: %w", err)
	}
	return scanRows(rows, ${n})
}

`,
};

const heads: Readonly<Record<Language, string>> = {
  node: "import { db, type Row } from '../db.js';\n\n",
  python: 'from app.db import db\n\n\n',
  go: 'package store\n\nimport (\n\t"context"\n\t"fmt"\n)\n\n',
};

const nouns = ['orders', 'invoices', 'users', 'sessions', 'devices', 'events', 'payments'];

/** A source file of several KB, as people write them; every tenth also reads the environment. */
export function sourceFile(language: Language, random: () => number): string {
  let text = heads[language];
  const functions = 4 + Math.floor(random() * 20);
  for (let made = 0; made < functions; made += 1) {
    const noun = nouns[Math.floor(random() * nouns.length)] ?? 'orders';
    text += writers[language](noun, Math.floor(random() * 1_000));
  }
  return random() < 0.1 ? text + readsEnv(language, Math.floor(random() * 20)) : text;
}

function readsEnv(language: Language, n: number): string {
  if (language === 'node') return `export const option${n} = process.env.OPTION_${n} ?? 'none';\n`;
  if (language === 'python') return `import os\n\nOPTION = os.environ.get("OPTION_${n}", "none")\n`;
  return `var option = os.Getenv("OPTION_${n}")\n`;
}

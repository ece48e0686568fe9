import type { Language } from './synthetic-source.ts';

/** Files (path to text) that make a folder a web service with a PostgreSQL database. */
export function serviceFiles(
  language: Language,
  name: string,
  port: number,
): Readonly<Record<string, string>> {
  return { ...makers[language](name, port), 'README.md': `# ${name}\n\nListens on ${port}.\n` };
}

const makers: Readonly<
  Record<Language, (name: string, port: number) => Readonly<Record<string, string>>>
> = {
  node: (name, port) => ({
    'package.json': JSON.stringify({
      name,
      version: '1.0.0',
      private: true,
      type: 'module',
      engines: { node: '>=22' },
      scripts: { start: 'node server.js' },
      dependencies: { express: '5.1.0', pg: '8.16.0' },
    }),
    'package-lock.json': JSON.stringify({
      name,
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {},
    }),
    'server.js': `import express from 'express';
import pg from 'pg';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const app = express();
app.get('/healthz', (_, response) => response.send('ok'));
app.get('/', async (_, response) => response.json((await pool.query('SELECT 1')).rows));
app.listen(${port});
`,
  }),
  python: (name, port) => ({
    'pyproject.toml': `[project]\nname = "${name}"\nversion = "1.0.0"\nrequires-python = ">=3.12"\n`,
    'requirements.txt': 'fastapi==0.115.12\nuvicorn==0.34.2\nasyncpg==0.30.0\n',
    'main.py': `import os

import asyncpg
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/healthz")
async def health() -> dict[str, str]:
    await asyncpg.connect(os.environ["DATABASE_URL"])
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=${port})
`,
  }),
  go: (name, port) => ({
    'go.mod': `module example.org/${name}\n\ngo 1.24\n\nrequire github.com/lib/pq v1.10.9\n`,
    'go.sum': 'github.com/lib/pq v1.10.9/go.mod h1:AlVN5x4E4T544tWzH6hKfbfQvm3HdbOxrmggDNAPY9o=\n',
    'main.go': `package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"

	_ "github.com/lib/pq"
)

func main() {
	if _, err := sql.Open("postgres", os.Getenv("DATABASE_URL")); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	log.Fatal(http.ListenAndServe(":${port}", nil))
}
`,
  }),
};

import type { Database, Statement } from 'better-sqlite3';
import type { Finding, Provenance } from '#shared/artifact.ts';
import type { Proposal, ProposalState, ProposalSummary } from '#shared/run.ts';
import { readProvenance } from './read-provenance.ts';

/** Another file for the same path, as it would be shown; which one is shown tells the provenance. */
export type StoredAlternative = {
  readonly content: string;
  readonly findings: readonly Finding[];
  readonly provenance: Provenance;
};

/** A proposal with what a page does not need of it. */
export type StoredProposal = {
  readonly proposal: Proposal;
  /** The sha256 of the bytes that were on disk when it was made, null for no file. */
  readonly baseHash: string | null;
  /** What can be taken in its place; null where there is nothing. */
  readonly alternative: StoredAlternative | null;
};

/** What of a proposal is compared with others. */
export type ProposalText = Pick<Proposal, 'id' | 'root' | 'path' | 'service' | 'content'>;

type SummaryRow = {
  readonly id: string;
  readonly run_id: string;
  readonly job_id: string;
  readonly root: string;
  readonly service: string | null;
  readonly kind: Proposal['kind'];
  readonly path: string;
  readonly replaces: 0 | 1;
  readonly state: ProposalState;
  readonly findings: string;
  readonly provenance: string;
  readonly alternative_of: NonNullable<Proposal['alternative']> | null;
};

type Row = Omit<SummaryRow, 'replaces' | 'alternative_of'> & {
  readonly base: string | null;
  readonly base_hash: string | null;
  readonly content: string;
  readonly alternative: string | null;
};

/** Everything but the texts, which SQLite then does not even read; an alternative is rare. */
const summaryColumns = [
  ...['id', 'run_id', 'job_id', 'root', 'service', 'kind', 'path', 'state'],
  ...['findings', 'provenance', 'base IS NOT NULL AS replaces'],
]
  .map((column) => `proposals.${column}`)
  .concat(`proposals.alternative ->> '$.provenance.origin.type' AS alternative_of`)
  .join(', ');

/** The proposals of the runs, in the order in which they were made. */
export class ProposalStore {
  readonly #upsert: Statement<[Row]>;
  readonly #get: Statement<[string], Row>;
  readonly #list: Statement<[string], Row>;
  readonly #texts: Statement<
    [{ readonly run: string; readonly root: string | null }],
    ProposalText
  >;
  readonly #ofJob: Statement<[string], ProposalText>;
  readonly #summary: Statement<[string], SummaryRow>;
  readonly #summaries: Statement<[string], SummaryRow>;
  readonly #setState: Statement<[ProposalState, string]>;
  readonly #decide: Statement<[ProposalState, string]>;

  constructor(db: Database) {
    this.#upsert = db.prepare(`
      INSERT INTO proposals (id, run_id, job_id, root, service, kind, path, base, base_hash, content, state, findings, provenance, alternative)
      VALUES (@id, @run_id, @job_id, @root, @service, @kind, @path, @base, @base_hash, @content, @state, @findings, @provenance, @alternative)
      ON CONFLICT (id) DO UPDATE SET
        content = excluded.content, state = excluded.state,
        findings = excluded.findings, provenance = excluded.provenance,
        alternative = excluded.alternative
    `);
    this.#get = db.prepare('SELECT * FROM proposals WHERE id = ?');
    const ofRun = `FROM proposals JOIN jobs ON jobs.id = proposals.job_id
      WHERE proposals.run_id = ? ORDER BY jobs.seq, proposals.seq`;
    this.#list = db.prepare(`SELECT proposals.* ${ofRun}`);
    const text = ['id', 'root', 'path', 'service', 'content'].map((one) => `proposals.${one}`);
    this.#texts = db.prepare(`
      SELECT ${text.join(', ')} FROM proposals JOIN jobs ON jobs.id = proposals.job_id
      WHERE proposals.run_id = @run AND (@root IS NULL OR proposals.root = @root)
      ORDER BY jobs.seq, proposals.seq
    `);
    this.#ofJob = db.prepare(`
      SELECT ${text.join(', ')} FROM proposals WHERE job_id = ? ORDER BY seq
    `);
    this.#summary = db.prepare(`SELECT ${summaryColumns} FROM proposals WHERE id = ?`);
    this.#summaries = db.prepare(`SELECT ${summaryColumns} ${ofRun}`);
    this.#setState = db.prepare('UPDATE proposals SET state = ? WHERE id = ?');
    this.#decide = db.prepare(`
      UPDATE proposals SET state = ? WHERE id = ? AND state NOT IN ('applied', 'unchanged')
    `);
  }

  /** Inserts the proposal, or updates its content, state, findings, provenance and alternative. */
  save(stored: StoredProposal): void {
    this.#upsert.run(toRow(stored));
  }

  get(id: string): StoredProposal | null {
    const row = this.#get.get(id);
    return row ? fromRow(row) : null;
  }

  /** The proposals of a run, in the order of its jobs. */
  list(runId: string): readonly StoredProposal[] {
    return this.#list.all(runId).map(fromRow);
  }

  /** The new texts of a run, or of one project of it, without what is on disk and what was found: a big run has megabytes. */
  texts(runId: string, root: string | null): readonly ProposalText[] {
    return this.#texts.all({ run: runId, root });
  }

  /** The same of one job. */
  textsOfJob(jobId: string): readonly ProposalText[] {
    return this.#ofJob.all(jobId);
  }

  /** A proposal without its texts. */
  summary(id: string): ProposalSummary | null {
    const row = this.#summary.get(id);
    return row ? toSummary(row) : null;
  }

  /** The same for all of a run, in the order of its jobs. */
  summaries(runId: string): readonly ProposalSummary[] {
    return this.#summaries.all(runId).map(toSummary);
  }

  /** Changes the state of a proposal that can be decided on; what is applied or unchanged stays so. */
  decide(id: string, state: ProposalState): void {
    this.#decide.run(state, id);
  }

  /** Changes the state alone; a proposal that was pruned is passed over. */
  setState(id: string, state: ProposalState): void {
    this.#setState.run(state, id);
  }
}

function toRow({ proposal, baseHash, alternative }: StoredProposal): Row {
  return {
    id: proposal.id,
    run_id: proposal.runId,
    job_id: proposal.jobId,
    root: proposal.root,
    service: proposal.service,
    kind: proposal.kind,
    path: proposal.path,
    base: proposal.base,
    base_hash: baseHash,
    content: proposal.content,
    state: proposal.state,
    findings: JSON.stringify(proposal.findings),
    provenance: JSON.stringify(proposal.provenance),
    alternative: alternative === null ? null : JSON.stringify(alternative),
  };
}

function fromRow(row: Row): StoredProposal {
  const alternative =
    row.alternative === null ? null : (JSON.parse(row.alternative) as StoredAlternative);
  const alternative_of = alternative?.provenance.origin.type ?? null;
  return {
    baseHash: row.base_hash,
    alternative,
    proposal: {
      ...toSummary({ ...row, replaces: row.base === null ? 0 : 1, alternative_of }),
      base: row.base,
      content: row.content,
    },
  };
}

function toSummary(row: SummaryRow): ProposalSummary {
  return {
    id: row.id,
    runId: row.run_id,
    jobId: row.job_id,
    root: row.root,
    service: row.service,
    kind: row.kind,
    path: row.path,
    replaces: row.replaces === 1,
    state: row.state,
    findings: readFindings(row),
    provenance: readProvenance(row.provenance),
    ...(row.alternative_of === null ? {} : { alternative: row.alternative_of }),
  };
}

/** Findings that were stored before each had a link get one to the page of rules. */
function readFindings({ findings }: SummaryRow): Proposal['findings'] {
  const stored = JSON.parse(findings) as (Omit<Finding, 'url'> & { url: string | null })[];
  return stored.map((finding) => ({ ...finding, url: finding.url ?? 'docs/rules.md' }));
}

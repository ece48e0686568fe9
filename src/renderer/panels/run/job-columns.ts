import { usageColumns } from './job-usage.tsx';

/** A column of the job table; `width` in px, null shares what is left. */
export type JobColumn = {
  readonly name: string;
  readonly width: number | null;
  readonly right: boolean;
};

const usageWidths: Readonly<Record<(typeof usageColumns)[number], number>> = {
  Calls: 76,
  Tokens: 104,
  Cost: 72,
  Repairs: 60,
};

/** The columns of the job table: projects where there are several, usage where models are asked. */
export function columnsOf(several: boolean, asksModels: boolean): readonly JobColumn[] {
  const left = (name: string, width: number | null = null) => ({ name, width, right: false });
  const right = (name: string, width: number) => ({ name, width, right: true });
  return [
    left('State', 104),
    ...(several ? [left('Project')] : []),
    left('Service'),
    left('Artifact', asksModels ? 96 : 128),
    left('Findings'),
    ...(asksModels ? usageColumns.map((name) => right(name, usageWidths[name])) : []),
    right('Files', 52),
    right('Time', 92),
  ];
}

import type { Learning } from '../memory/learning.ts';
import { serviceKey } from '../memory/project-facts.ts';
import type { PlannedJob } from './plan-jobs.ts';

/** The jobs with what is new of their services since the last scan, each told once. */
export async function addNews(
  learning: Learning,
  jobs: readonly PlannedJob[],
  signal: AbortSignal,
): Promise<readonly PlannedJob[]> {
  const result: PlannedJob[] = [];
  for (const [project, ofProject] of Map.groupBy(jobs, (job) => job.project)) {
    const news = new Map(await learning.newsOf(project, signal));
    for (const job of ofProject) {
      const { service } = job.artifact;
      const key = service ? serviceKey(service) : '';
      result.push({ ...job, news: news.get(key) ?? null });
      news.delete(key);
    }
  }
  return result;
}

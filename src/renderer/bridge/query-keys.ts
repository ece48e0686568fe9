/** Keys of the query cache, one for each thing that the server knows. */
export const keys = {
  info: ['app.info'] as const,
  connected: ['connected'] as const,
  config: ['config'] as const,
  configFields: ['config-fields'] as const,
  warmUp: ['warm-up'] as const,
  projects: ['projects'] as const,
  scan: (root: string) => ['scan', root] as const,
  scanProgress: (root: string) => ['scan-progress', root] as const,
  folder: (path: string | undefined) => ['folder', path ?? null] as const,
  runs: ['runs'] as const,
  run: (id: string) => ['run', id] as const,
  proposals: (runId: string) => ['proposals', runId] as const,
  /** Texts of one proposal; those of a run share their first parts. */
  texts: (runId: string, id?: string) => ['proposal', runId, ...(id ? [id] : [])] as const,
  dryRun: (runId: string, overwrite: boolean) => ['dry-run', runId, overwrite] as const,
  checkpoints: ['checkpoints'] as const,
  devices: ['devices'] as const,
  health: ['health'] as const,
  loops: ['loops'] as const,
  /** Stale with the loops, whose key it begins with. */
  loopHistory: (type: string) => ['loops', type] as const,
  intelligences: ['intelligences'] as const,
  /** Stale with the list, whose key it begins with. */
  intelligence: (id: string) => ['intelligences', id] as const,
  searched: ['searched'] as const,
  providers: ['providers'] as const,
  prices: ['prices'] as const,
  models: (provider: string) => ['models', provider] as const,
  providerTest: (provider: string) => ['provider-test', provider] as const,
  cacheStats: ['cache-stats'] as const,
  callFigures: ['call-figures'] as const,
  callSeconds: ['call-seconds'] as const,
  promptPreview: (target: object) => ['prompt-preview', target] as const,
  nearAnswers: (target: object) => ['near-answers', target] as const,
  thumbnail: (root: string, path: string, width: number, scannedAt: number) =>
    ['thumbnail', root, path, width, scannedAt] as const,
};

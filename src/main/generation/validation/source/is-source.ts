/**
 * Whether a file is a source, a manifest or a build file of a service, which is judged by its syntax
 * alone: where it is patched (telemetry), nothing else of it is ours to judge.
 */
export function isSource(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /\.(?:[cm]?[jt]sx?|py|java|go|cs|json|toml|xml|csproj|props|gradle|kts)$|^(?:go\.mod|requirements[\w.-]*\.txt)$/.test(
    name,
  );
}

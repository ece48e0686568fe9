import type { ArtifactKind } from '#shared/artifact.ts';
import type { ConfigKey } from '#shared/config.ts';
import { SidebarSetting } from './sidebar-setting.tsx';

const choices: readonly {
  readonly setting: ConfigKey;
  readonly label: string;
  /** Kinds whose files depend on it. */
  readonly kinds: readonly ArtifactKind[];
}[] = [
  {
    setting: 'target.flavour',
    label: 'Cluster',
    kinds: ['kubernetes', 'kustomize', 'helm', 'policies', 'github-actions', 'gitlab-ci'],
  },
  {
    setting: 'target.cloud',
    label: 'Cloud',
    kinds: ['terraform', 'github-actions', 'gitlab-ci'],
  },
  {
    setting: 'target.compute',
    label: 'Runs on',
    kinds: ['terraform', 'github-actions', 'gitlab-ci'],
  },
  { setting: 'target.collector', label: 'Collector', kinds: ['collector'] },
];

/** Where the files of the chosen kinds are to work: only what makes a difference to them. */
export function TargetChoice({ kinds }: { readonly kinds: readonly ArtifactKind[] }) {
  const shown = choices.filter((choice) => choice.kinds.some((kind) => kinds.includes(kind)));
  return (
    <>
      {shown.map(({ setting, label }) => (
        <SidebarSetting key={setting} setting={setting} label={label} />
      ))}
      <SidebarSetting setting="target.existing" label="Files you have" />
    </>
  );
}

import { Anchor, Chip, Group, Text } from '@mantine/core';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { configDefaults } from '#shared/config.ts';
import { useChangeConfig, useConfig, useFixedBy } from '../hooks/use-config.ts';
import { artifactNames } from '../model/artifact-names.ts';
import { FixedBy } from './fixed-by.tsx';
import { Section } from './section.tsx';
import { TargetChoice } from './target-choice.tsx';
import { UsageChoice } from './usage-choice.tsx';

/** Which artifacts a run makes; at least one stays chosen. */
export function ArtifactChoice() {
  const config = useConfig();
  const change = useChangeConfig();
  const fixedBy = useFixedBy('run.kinds');
  const kinds = config?.run.kinds ?? [];
  const toggle = (kind: ArtifactKind, on: boolean) => {
    const next = artifactKinds.filter((one) => (one === kind ? on : kinds.includes(one)));
    change({ 'run.kinds': next });
  };
  const all = kinds.length === artifactKinds.length;
  return (
    <Section
      title="Artifacts"
      aside={
        config &&
        fixedBy === null && (
          <Anchor
            component="button"
            type="button"
            fz={11}
            onClick={() =>
              change({ 'run.kinds': [...(all ? configDefaults.run.kinds : artifactKinds)] })
            }
          >
            {all ? 'The usual ones' : 'All kinds'}
          </Anchor>
        )
      }
    >
      <Group gap={4}>
        {artifactKinds.map((kind) => {
          const on = kinds.includes(kind);
          return (
            <Chip
              key={kind}
              checked={on}
              disabled={!config || fixedBy !== null || (on && kinds.length === 1)}
              onChange={(checked) => toggle(kind, checked)}
            >
              {artifactNames[kind]}
            </Chip>
          );
        })}
      </Group>
      <FixedBy variable={fixedBy} />
      <TargetChoice kinds={kinds} />
      <UsageChoice />
      {kinds.length === 1 && (
        <Text size="xs" c="dimmed" mt={6}>
          A run makes at least one kind.
        </Text>
      )}
    </Section>
  );
}

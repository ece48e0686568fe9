import { Chip, Group, Text } from '@mantine/core';
import { type ArtifactKind, artifactKinds } from '#shared/artifact.ts';
import { useChangeSettings, useSettings } from '../hooks/use-settings.ts';
import { artifactNames } from '../model/artifact-names.ts';
import { Section } from './section.tsx';

/** Which artifacts a run makes; at least one stays chosen. */
export function ArtifactChoice() {
  const settings = useSettings();
  const change = useChangeSettings();
  const kinds = settings?.kinds ?? [];
  const toggle = (kind: ArtifactKind, on: boolean) => {
    const next = artifactKinds.filter((one) => (one === kind ? on : kinds.includes(one)));
    change({ kinds: next });
  };
  return (
    <Section title="Artifacts">
      <Group gap={4}>
        {artifactKinds.map((kind) => {
          const on = kinds.includes(kind);
          return (
            <Chip
              key={kind}
              checked={on}
              disabled={!settings || (on && kinds.length === 1)}
              onChange={(checked) => toggle(kind, checked)}
            >
              {artifactNames[kind]}
            </Chip>
          );
        })}
      </Group>
      {kinds.length === 1 && (
        <Text size="xs" c="dimmed" mt={6}>
          A run makes at least one kind.
        </Text>
      )}
    </Section>
  );
}

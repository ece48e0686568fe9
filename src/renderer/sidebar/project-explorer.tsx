import { Anchor, Skeleton, Text } from '@mantine/core';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useBackgroundScans } from '../hooks/use-background-scans.ts';
import type { useProjects } from '../hooks/use-projects.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { AddProject } from './add-project.tsx';
import classes from './project-explorer.module.css';
import { ProjectRow } from './project-row.tsx';
import { Section } from './section.tsx';

/** The projects: one is shown, any number are ticked for a batch run. */
export function ProjectExplorer(props: { readonly projects: ReturnType<typeof useProjects> }) {
  const { data, error, refetch } = props.projects;
  const { state, dispatch } = useWorkbench();
  useBackgroundScans(data?.map((project) => project.root) ?? []);
  const all = data !== undefined && data.length > 0 && state.ticked.size === data.length;
  const roots = data?.map((project) => project.root) ?? [];
  return (
    <Section
      title="Projects"
      aside={
        roots.length > 1 && (
          <Anchor
            component="button"
            type="button"
            className={classes.small}
            onClick={() => dispatch({ type: 'tick-all', roots: all ? [] : roots })}
          >
            {all ? 'Select none' : 'Select all'}
          </Anchor>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={62} />}
      {data?.length === 0 && (
        <Text size="xs" c="dimmed" px={4} pb={6}>
          No project yet. Add a folder below to see what is in it.
        </Text>
      )}
      {data && data.length > 0 && (
        <ul className={classes.projects} aria-label="Projects">
          {data.map((project) => (
            <ProjectRow
              key={project.root}
              project={project}
              shown={project.root === state.root}
              ticked={state.ticked.has(project.root)}
            />
          ))}
        </ul>
      )}
      <AddProject />
    </Section>
  );
}

import { ActionIcon, Badge, Checkbox, Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { Project } from '#shared/contract.ts';
import { useRemoveProject } from '../hooks/use-projects.ts';
import { useScanSummary } from '../hooks/use-scan.ts';
import { useWorkbench } from '../hooks/workbench-provider.tsx';
import { plural } from '../model/format.ts';
import classes from './project-explorer.module.css';

/** One project: tick for a batch, click to show, cross to take it off the list. */
export function ProjectRow(props: {
  readonly project: Project;
  readonly shown: boolean;
  readonly ticked: boolean;
}) {
  const { project, shown, ticked } = props;
  const { dispatch } = useWorkbench();
  const remove = useRemoveProject();
  const { services, failed } = useScanSummary(project.root);
  return (
    <li className={classes.project} data-shown={shown || undefined}>
      <Checkbox
        size="xs"
        checked={ticked}
        aria-label={`Select ${project.name} for a batch run`}
        onChange={(event) =>
          dispatch({ type: 'tick', root: project.root, on: event.currentTarget.checked })
        }
      />
      <Tooltip label={project.root} multiline maw={420} position="right">
        <UnstyledButton
          className={classes.projectName}
          aria-current={shown || undefined}
          onClick={() => dispatch({ type: 'project', root: project.root })}
        >
          <span className="clip">{project.name}</span>
          {project.sample && <Badge>Sample</Badge>}
        </UnstyledButton>
      </Tooltip>
      {failed && (
        <IconAlertTriangle
          size={14}
          role="img"
          aria-label="Could not be scanned"
          className={classes.failed}
        />
      )}
      {services !== undefined && (
        <span className={classes.count} title={plural(services, 'service')}>
          <span aria-hidden>{services}</span>
        </span>
      )}
      <Tooltip label="Take off the list (files stay)">
        <ActionIcon
          size="xs"
          className={classes.remove}
          aria-label={`Remove ${project.name} from the list`}
          onClick={() => remove.mutate(project.root)}
        >
          <IconX size={13} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

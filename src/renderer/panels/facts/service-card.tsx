import { Badge, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import type { Service } from '#shared/scan.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { plural } from '../../model/format.ts';
import { PreviewButton } from '../preview/preview-button.tsx';
import { EnvTable } from './env-table.tsx';
import { FactRows } from './fact-rows.tsx';
import classes from './facts.module.css';
import { MoreEvidence } from './more-evidence.tsx';
import { Unknowns } from './unknowns.tsx';

type Props = {
  readonly service: Service;
  readonly open: boolean;
  readonly onToggle: () => void;
};

/** One service: a line that sums it up, and below it every fact with where it was read. */
export function ServiceCard({ service, open, onToggle }: Props) {
  const id = useId();
  const { root } = useWorkbench().state;
  const stack = [service.language, service.runtimeVersion].filter(Boolean).join(' ');
  return (
    <article className={classes.card} aria-label={service.name}>
      <h3 className={classes.cardTitle}>
        <UnstyledButton
          className={classes.cardHead}
          aria-expanded={open}
          aria-controls={id}
          onClick={onToggle}
        >
          <IconChevronRight size={15} aria-hidden className={classes.chevron} />
          <span className={classes.cardName}>{service.name}</span>
          <span className={`mono clip ${classes.cardPath}`}>{service.path}</span>
          <span className={classes.tags}>
            <Badge variant="default">{service.kind}</Badge>
            <Badge>{stack}</Badge>
            {service.framework && <Badge color="grape">{service.framework}</Badge>}
            {service.ports.length > 0 && (
              <Badge variant="default" className="num">
                :{service.ports.join(' :')}
              </Badge>
            )}
            {service.unknowns.length > 0 && (
              <Badge color="yellow">{plural(service.unknowns.length, 'unknown')}</Badge>
            )}
          </span>
        </UnstyledButton>
      </h3>
      {open && (
        <div id={id} className={classes.cardBody}>
          <Unknowns unknowns={service.unknowns} />
          <FactRows service={service} />
          <EnvTable env={service.env} />
          <MoreEvidence service={service} />
          <div className={classes.preview}>
            <PreviewButton root={root} service={service.name} />
          </div>
        </div>
      )}
    </article>
  );
}

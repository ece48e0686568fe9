import type { ReactNode } from 'react';
import type { Service } from '#shared/scan.ts';
import { CopyIcon } from '../../components/copy-icon.tsx';
import { evidenceOf, type ShownFact } from '../../model/facts.ts';
import { EvidencePlaces } from './evidence-places.tsx';
import classes from './fact-rows.module.css';

type Row = readonly [
  fact: ShownFact,
  label: string,
  read: (service: Service) => string | null,
  command?: 'command',
];

const list = (values: readonly (string | number)[]) =>
  values.length === 0 ? null : values.join(', ');

const rows: readonly Row[] = [
  ['install', 'Install', (one) => one.install, 'command'],
  ['build', 'Build', (one) => one.build, 'command'],
  ['start', 'Start', (one) => one.start, 'command'],
  ['ports', 'Ports', (one) => list(one.ports)],
  ['language', 'Language', (one) => one.language],
  ['runtimeVersion', 'Version', (one) => one.runtimeVersion],
  ['framework', 'Framework', (one) => one.framework],
  ['packageManager', 'Package manager', (one) => one.packageManager],
  ['lockfile', 'Lockfile', (one) => one.lockfile],
  ['backingServices', 'Needs', (one) => list(one.backingServices)],
  ['healthPath', 'Health check', (one) => one.healthPath],
  ['output', 'Build output', (one) => one.output],
  ['systemPackages', 'System packages', (one) => list(one.systemPackages)],
];

/** The facts of a service, one a line: what, its value, where it was read. Absent ones are left out. */
export function FactRows({ service }: { readonly service: Service }) {
  return (
    <dl className={classes.facts}>
      {rows.map(([fact, label, read, command]) => {
        const value = read(service);
        if (value === null) return null;
        return (
          <FactRow key={fact} label={label} evidence={evidenceOf(service, fact)}>
            {command ? (
              <>
                <code className={classes.command}>{value}</code>
                <CopyIcon value={value} what={`${label.toLowerCase()} command`} />
              </>
            ) : (
              <span className={classes.value}>{value}</span>
            )}
          </FactRow>
        );
      })}
    </dl>
  );
}

function FactRow(props: {
  readonly label: string;
  readonly evidence: ReturnType<typeof evidenceOf>;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.fact}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
      <dd className={classes.places}>
        <EvidencePlaces evidence={props.evidence} />
      </dd>
    </div>
  );
}

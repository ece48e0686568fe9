import { Anchor, UnstyledButton } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconCircleCheck,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { Finding, Severity } from '#shared/artifact.ts';
import { plural } from '../../model/format.ts';
import classes from './findings.module.css';
import { RuleReason } from './rule-reason.tsx';

const icons = { error: IconAlertCircle, warning: IconAlertTriangle, info: IconInfoCircle } as const;
const names: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
};
const order: readonly Severity[] = ['error', 'warning', 'info'];

type Props = {
  readonly findings: readonly Finding[];
  readonly onJump: (line: number) => void;
};

/** What the validators say of a file, worst first; a click goes to the line. */
export function FindingList({ findings, onJump }: Props) {
  const sorted = findings.toSorted(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.line - b.line,
  );
  return (
    <section className={classes.findings} aria-label="Findings">
      <h3>
        {sorted.length === 0 ? (
          <>
            <IconCircleCheck size={15} aria-hidden className={classes.clean} /> No findings
          </>
        ) : (
          plural(sorted.length, 'finding')
        )}
      </h3>
      <ul>
        {sorted.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two findings can be alike in every field.
          <li key={`${finding.rule}:${finding.line}:${index}`} data-severity={finding.severity}>
            <FindingRow finding={finding} onJump={onJump} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindingRow(props: { readonly finding: Finding; readonly onJump: Props['onJump'] }) {
  const { rule, severity, line, message, url } = props.finding;
  const Icon = icons[severity];
  return (
    <>
      <UnstyledButton className={classes.finding} onClick={() => props.onJump(line)}>
        <Icon size={15} role="img" aria-label={names[severity]} />
        <span className={classes.findingLine}>
          <span className={classes.srOnly}>Line </span>
          {line}
        </span>
        <span className={classes.findingText}>{message}</span>
      </UnstyledButton>
      {url.startsWith('https://') ? (
        <Anchor href={url} target="_blank" rel="noreferrer" className={`mono ${classes.rule}`}>
          {rule}
        </Anchor>
      ) : (
        <RuleReason rule={rule} />
      )}
    </>
  );
}

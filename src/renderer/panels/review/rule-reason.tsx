import { Anchor, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { reasonOf } from '#shared/rules.ts';
import classes from './findings.module.css';

/** The name of a rule of our own; a click shows why it speaks and what to do, without a network. */
export function RuleReason({ rule }: { readonly rule: string }) {
  const [opened, setOpened] = useState(false);
  const reason = reasonOf(rule);
  if (reason === null) return <span className={`mono ${classes.rule}`}>{rule}</span>;
  return (
    <>
      <Anchor
        component="button"
        type="button"
        className={`mono ${classes.rule}`}
        onClick={() => setOpened(true)}
      >
        {rule}
      </Anchor>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={<span className="mono">{rule}</span>}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Text size="sm">{reason.what}</Text>
        <Text size="sm" mt={12}>
          <b>Why:</b> {reason.why}
        </Text>
        <Text size="sm" mt={12}>
          <b>What to do:</b> {reason.todo}
        </Text>
      </Modal>
    </>
  );
}

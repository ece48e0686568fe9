import { Button, Code, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { errorTitle, toErrorData } from '../model/error-advice.ts';
import classes from './components.module.css';

/** An error in place of what could not be shown: title, code, what to do, and a retry where it may help. */
export function ErrorNotice(props: {
  readonly error: unknown;
  /** A heading that says it better than the one of its code. */
  readonly title?: string;
  readonly onRetry?: () => void;
}) {
  const { code, message, retryable } = toErrorData(props.error);
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertTriangle size={18} aria-hidden className={classes.noticeIcon} />
      <div className={classes.noticeBody}>
        <Group gap={8}>
          <Text fw={600} size="sm">
            {props.title ?? errorTitle(code)}
          </Text>
          <Code fz={11}>{code}</Code>
        </Group>
        <Text size="sm" className={classes.wrap}>
          {message}
        </Text>
        {props.onRetry && (
          <Button
            variant="default"
            mt={8}
            onClick={props.onRetry}
            leftSection={<IconRefresh size={14} aria-hidden />}
          >
            {retryable ? 'Try again' : 'Check again'}
          </Button>
        )}
      </div>
    </div>
  );
}

import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import type { ConfigProblem } from '#shared/config.ts';
import { useConfigView } from './use-config.ts';
import { useConnection } from './use-connection.ts';

/** Shows what the server must tell the user once, until each is dismissed. */
export function useNotices(): void {
  const notices = useConnection().info?.notices;
  const text = notices?.join('\n');
  useEffect(() => {
    for (const message of text ? text.split('\n') : []) show(message);
  }, [text]);
}

/** Shows what in the configuration cannot be used or should be looked at, for as long as that is so. */
export function useConfigProblems(): void {
  const view = useConfigView();
  useWhile('Setting not used', view?.problems, view?.file);
  useWhile('Setting to look at', view?.warnings, view?.file);
}

function useWhile(
  title: string,
  problems: readonly ConfigProblem[] | undefined,
  file: string | undefined,
): void {
  const text = problems
    ?.map(({ field, message }) => `${field === '' ? file : field}: ${message}`)
    .join('\n');
  useEffect(() => {
    const messages = text ? text.split('\n') : [];
    for (const message of messages) show(message, title);
    return () => {
      for (const message of messages) notifications.hide(message);
    };
  }, [text, title]);
}

function show(message: string, title?: string): void {
  // The text is the id, so that asking again does not say it twice.
  notifications.show({
    id: message,
    ...(title === undefined ? {} : { title }),
    message,
    color: 'yellow',
    withBorder: true,
    autoClose: false,
  });
}

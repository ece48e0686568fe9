import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
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

/** Shows what in the configuration cannot be used, for as long as that is so. */
export function useConfigProblems(): void {
  const view = useConfigView();
  const text = view?.problems
    .map(({ field, message }) => `${field === '' ? view.file : field}: ${message}`)
    .join('\n');
  useEffect(() => {
    const messages = text ? text.split('\n') : [];
    for (const message of messages) show(message, 'Setting not used');
    return () => {
      for (const message of messages) notifications.hide(message);
    };
  }, [text]);
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

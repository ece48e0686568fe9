import { Loader } from '@mantine/core';
import { useConnection } from '../hooks/use-connection.ts';
import classes from './shell.module.css';

/** Says that the server is lost, for as long as it is; recovery is automatic. */
export function ConnectionBanner() {
  const { state, error } = useConnection();
  if (state !== 'lost') return null;
  const locked = error?.code === 'UNAUTHORIZED';
  return (
    <div role="alert" className={classes.banner}>
      {!locked && <Loader size={12} color="currentColor" aria-hidden />}
      <span>
        {locked
          ? 'This window has no valid token. Open the address that Omega printed when it started.'
          : 'Connection to Omega lost. Trying again; nothing you decided is lost.'}
      </span>
    </div>
  );
}

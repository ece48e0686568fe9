import { FunctionError } from '../go-template/function-error.ts';
import { text } from '../go-template/print.ts';
import type { Method } from '../go-template/values.ts';
import { fn } from './signature.ts';

const parts =
  /^(?:([A-Za-z][\w+.-]*):)?(?:\/\/(?:([^@/?#]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** Sprig's addresses and the network, which is never asked. */
export const urls: Readonly<Record<string, Method>> = {
  urlParse: fn('s', (url) => {
    const match = parts.exec(url);
    if (match === null) throw new FunctionError(`"${url.slice(0, 100)}" is no address.`);
    const [, scheme = '', userinfo = '', host = '', path = '', query = '', fragment = ''] = match;
    const hostname = host.replace(/:\d*$/, '');
    return new Map([
      ['scheme', scheme.toLowerCase()],
      ['host', host],
      ['hostname', hostname],
      ['path', path],
      ['query', query],
      ['opaque', ''],
      ['fragment', fragment],
      ['userinfo', userinfo],
    ]);
  }),
  urlJoin: fn('m', (given) => {
    const part = (name: string): string => text(given.get(name) ?? '');
    const user = part('userinfo') === '' ? '' : `${part('userinfo')}@`;
    const start = part('scheme') === '' ? '' : `${part('scheme')}:`;
    const authority = part('host') === '' ? '' : `//${user}${part('host')}`;
    const query = part('query') === '' ? '' : `?${part('query')}`;
    const fragment = part('fragment') === '' ? '' : `#${part('fragment')}`;
    const slash =
      authority !== '' && part('path') !== '' && !part('path').startsWith('/') ? '/' : '';
    return `${start}${authority}${slash}${part('path')}${query}${fragment}`;
  }),
  getHostByName: fn('s', () => ''),
};

import type { Service } from '#shared/scan.ts';
import { comment, run } from './instructions.ts';
import { join } from './layout.ts';
import { usesFramework } from './stack.ts';

/** PHP's own servers are for development; Apache serves instead, unless a production server is named. */
export function servesByApache(service: Service): boolean {
  const start = service.start ?? '';
  const development = /^php\s+(?:-S|artisan\s+serve|bin\/console\s+server)|^symfony\s/.test(start);
  return service.kind === 'web' && (start === '' || development || /apache|php-fpm/.test(start));
}

/** The unprivileged port that Apache listens on. */
export function apachePort(service: Service): number {
  const port = service.ports[0] ?? 8080;
  return port < 1024 ? 8080 : port;
}

function documentRoot(service: Service): string {
  const named = /\s-t\s*(?:=\s*)?([\w./-]+)/.exec(service.start ?? '')?.[1]?.replace(/^\.\//, '');
  if (named && !named.startsWith('/') && !named.includes('..')) return named;
  return usesFramework(service, 'laravel', 'symfony', 'slim', 'laminas', 'lumen') ? 'public' : '';
}

/** The program that answers where no file does: the script that the start command names, else index.php. */
function frontController(service: Service): string {
  return (
    /^php\s+-S\s+\S+(?:\s+-t\s+\S+)?\s+([\w.-]+\.php)$/.exec(service.start ?? '')?.[1] ??
    'index.php'
  );
}

/** Lines that set Apache up to serve the program, whose folder in the image is `home`. */
export function apache(service: Service, home: string): readonly string[] {
  const port = apachePort(service);
  const root = join(home, documentRoot(service)).replace(/[^\w./-]/g, '?');
  const front = frontController(service);
  const index = front === 'index.php' ? '' : `'DirectoryIndex ${front}' `;
  return [
    comment('Apache on an unprivileged port, with rewriting for front controllers.'),
    run([
      'a2enmod rewrite headers',
      `sed -ri 's/^Listen 80$/Listen ${port}/' /etc/apache2/ports.conf`,
      `sed -ri 's!\\*:80>!*:${port}>!; s!/var/www/html!${root}!' /etc/apache2/sites-available/000-default.conf`,
      `printf '%s\\n' '<Directory ${root}>' 'AllowOverride All' 'Require all granted' ${index}'FallbackResource /${front}' '</Directory>' 'ServerName localhost' 'ServerTokens Prod' > /etc/apache2/conf-enabled/app.conf`,
    ]),
  ];
}

import type { FastifyReply } from 'fastify';
import { securityHeaders } from '../transport/security-headers.ts';

/** A page without scripts that tells a person what is wrong and what to do. The texts are our own. */
export function noticePage(title: string, message: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · Omega Studio</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 20vh auto 0; padding: 0 1.5rem; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(message)}</p>
</body>
</html>
`;
}

/** Answers with a {@link noticePage}, never to be kept. */
export function sendNotice(
  reply: FastifyReply,
  status: number,
  title: string,
  message: string,
): FastifyReply {
  return reply
    .code(status)
    .headers(securityHeaders)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(noticePage(title, message));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

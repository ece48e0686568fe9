/** A link as the api gives it; `status` is null until the worker has visited it. */
export type Link = { url: string; status: number | null; checked_at: string | null };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

/** The whole page: the links in a table, and a form for a new one. */
export function page(links: Link[]): string {
  const rows = links.map(
    (link) => `<tr><td>${escape(link.url)}</td><td>${link.status ?? 'waiting'}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<title>Link watch</title>
<h1>Link watch</h1>
<table>${rows.join('')}</table>
<form method="post" action="/links">
  <input name="url" type="url" placeholder="https://example.org" required>
  <button>Watch</button>
</form>
</html>`;
}

import { readPageFile } from '../transport/page-files.ts';
import { securityHeaders } from '../transport/security-headers.ts';
import { pageHost, pageScheme } from './page-origin.ts';

/** Answers a request of the app's own scheme from the built page's folder; never rejects. */
export async function pageResponse(
  folder: string,
  request: { readonly method: string; readonly url: string },
): Promise<Response> {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (url?.protocol !== `${pageScheme}:` || url.host !== pageHost || request.method !== 'GET') {
    return refusal(403);
  }
  try {
    const file = await readPageFile(folder, url.pathname);
    if (!file) return refusal(404);
    return new Response(file.body, {
      headers: {
        ...securityHeaders,
        'content-type': file.contentType,
        'cache-control': file.cacheControl,
      },
    });
  } catch {
    return refusal(500);
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: securityHeaders });
}

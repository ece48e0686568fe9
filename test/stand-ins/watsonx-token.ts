import type { Reply, Site } from './protocol.ts';

const grant = 'urn:ibm:params:oauth:grant-type:apikey';
const formType = 'application/x-www-form-urlencoded';

const failed = (errorCode: string, errorMessage: string): Reply => ({
  status: 400,
  body: { errorCode, errorMessage, context: { requestId: 'stand-in' } },
});

/** POST /identity/token of IBM Cloud's IAM: an access token for an API key. */
export function issueToken(body: string, type: string | undefined, site: Site): Reply {
  const form = new URLSearchParams(type?.startsWith(formType) ? body : '');
  if (form.get('grant_type') !== grant) {
    return failed('BXNIM0116E', 'Unsupported grant_type');
  }
  const apikey = form.get('apikey') ?? '';
  if (apikey === '') return failed('BXNIM0109E', "Property missing or empty: 'apikey'.");
  if (site.key !== null && apikey !== site.key) {
    return failed('BXNIM0415E', 'Provided API key could not be found.');
  }
  return {
    status: 200,
    body: {
      access_token: site.tokens.issue(site.tokenSeconds),
      refresh_token: 'not_supported',
      token_type: 'Bearer',
      expires_in: site.tokenSeconds,
      expiration: Math.floor(Date.now() / 1_000) + site.tokenSeconds,
      scope: 'ibm openid',
    },
  };
}

/**
 * Whether a variable holds an address that people's browsers use (`WEB_URL`, `CORS_ORIGIN`), by its
 * name; one of the network inside would lead nobody anywhere.
 */
export function isPublicAddress(name: string): boolean {
  return publicName.test(name);
}

const publicName =
  /(?:^|_)(?:NEXTAUTH|WEB|WEBAPP|APP|SITE|FRONT|FRONTEND|UI|PUBLIC|HOME|ORIGINS?|CORS|CSRF|ALLOWED|TRUSTED|REDIRECT|CALLBACK|RETURN|EXTERNAL|BROWSER|ISSUER|DASHBOARD)(?:_|$)|^CLIENT_|^BASE_UR[IL]$/;

/** Functions of Terraform by how many arguments they take: `least-most`, `+` for any number more. */
const table: Readonly<Record<string, string>> = {
  '0': 'plantimestamp timestamp uuid',
  '0+': 'merge',
  '1': `abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512
    basename can ceil chomp cidrnetmask compact csvdecode dirname distinct ephemeralasnull file
    filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 filesha1 filesha256 filesha512
    flatten floor issensitive jsondecode jsonencode keys length lower md5 nonsensitive one pathexpand
    reverse sensitive sha1 sha256 sha512 signum sort strrev sum title tobool tolist tomap tonumber
    toset tostring transpose trimspace type upper urlencode values yamldecode yamlencode`,
  '1-2': 'bcrypt',
  '1-3': 'range',
  '1+': `cidrsubnets coalesce coalescelist concat format formatlist join max min setintersection
    setproduct setunion try`,
  '2': `chunklist cidrhost contains convert element endswith fileset formatdate indent index log
    parseint pow regex regexall rsadecrypt setsubtract split startswith strcontains templatefile
    templatestring textdecodebase64 textencodebase64 timeadd timecmp trim trimprefix trimsuffix
    uuidv5 zipmap`,
  '2-3': 'lookup',
  '3': 'cidrsubnet matchkeys replace slice substr',
};

/** How many arguments a function takes; `most` is Infinity where it takes any number. */
export type Arity = { readonly least: number; readonly most: number };

/** Terraform's own functions by name (https://developer.hashicorp.com/terraform/language/functions). */
export const functions: ReadonlyMap<string, Arity> = new Map(
  Object.entries(table).flatMap(([counts, names]) => {
    const [least = '0', most = least] = counts.replace('+', '').split('-');
    const arity = { least: Number(least), most: counts.endsWith('+') ? Infinity : Number(most) };
    return names.split(/\s+/).map((name) => [name, arity] as const);
  }),
);

/** What became of functions that Terraform took away, for a message. */
export const removedFunctions: ReadonlyMap<string, string> = new Map([
  ['list', 'Use tolist([…]) or plain brackets.'],
  ['map', 'Use tomap({…}) or plain braces.'],
]);

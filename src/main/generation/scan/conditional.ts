/** Characters above a line that are looked through for what it stands in. */
const reach = 20_000;
/** Lines of blocks around a line; code that is nested deeper is not written by hand. */
const maxDepth = 30;

/** A line that opens a block which does not always run. */
const condition =
  /^(?:[}\])\s]*)(?:if|elif|elsif|elseif|else|unless|case|when|cond|switch|match|except|rescue|catch)\b|(?:=|\(|,|return|=>|->)\s*(?:if|case|cond|unless|switch|match)\b[^;]*(?:[{:]|\bdo|\bthen)?\s*$/;

/** Conditions that hold where a service is deployed, or that say where it runs: they leave nothing open. */
const deployed =
  /prod|debug|config_env|__name__|development|\bdev\b|\blocal\b|(?:mix|node|rails|rack|app)_env|\benvironment\b|\bstaging\b|\btest(?:ing)?\b/i;

/** A condition after (Python, Ruby) or before (`if x, do: …`) the value on one line. */
const postfix = /^[^#\n]*?\s(?:if|unless)\s+(?<condition>[^\n]+)/;
const inline =
  /^\s*(?:\w+\s*=\s*)?if\s+(?<condition>[^\n]+?),\s*do:|^\s*if\s+(?<test>[^\n]{1,200}?):\s+\S/;

/**
 * Whether what stands at this offset runs in some set-ups only: in the block of a condition, judged by
 * indentation, which all formatters of the languages that we read keep. Conditions on being in
 * production count as none, nor does one on `name` itself at the end of its own line (`raise … unless`).
 */
export function isConditional(text: string, offset: number, name: string): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  const before = text.slice(start, offset);
  const after = text.slice(offset, next === -1 ? undefined : next);
  const own = postfix.exec(after)?.groups?.condition;
  if (own !== undefined && !own.includes(name) && !deployed.test(own)) return true;
  const first = inline.exec(before)?.groups;
  const early = first?.condition ?? first?.test;
  if (early !== undefined && !deployed.test(early)) return true;
  const lines = text.slice(Math.max(0, start - reach), start).split('\n');
  // The last one is the empty text before this line.
  lines.pop();
  return isInside(lines, indentation(`${before}x`));
}

/** Whether one of the blocks around a line of this indentation, which comes after these lines, is conditional. */
function isInside(lines: readonly string[], indent: number): boolean {
  let width = indent;
  for (let at = lines.length - 1, depth = 0; at >= 0 && width > 0 && depth < maxDepth; at -= 1) {
    const line = lines[at] as string;
    if (isBlank(line) || indentation(line) >= width) continue;
    width = indentation(line);
    depth += 1;
    const heads = headsOf(lines, at, width);
    if (heads.some((head) => condition.test(head)) && !heads.some((head) => deployed.test(head)))
      return true;
  }
  return false;
}

/** The line that opens a block, and those before it that belong to it: `) {` ends an `if (`, `else` follows an `if`, a brace may have a line of its own. */
function headsOf(lines: readonly string[], at: number, width: number): readonly string[] {
  const heads = [(lines[at] as string).trim()];
  for (let above = at - 1; above >= 0 && heads.length < 8; above -= 1) {
    if (
      !/^[}\])\s]*(?:else|elif|elsif|elseif|except|rescue|catch|when|case)\b|^[)\]]|^\{$/.test(
        heads[0] as string,
      )
    )
      break;
    const line = lines[above] as string;
    if (isBlank(line) || indentation(line) > width) continue;
    if (indentation(line) < width) break;
    heads.unshift(line.trim());
  }
  return heads;
}

function indentation(line: string): number {
  return line.search(/\S/);
}

function isBlank(line: string): boolean {
  return !/\S/.test(line);
}

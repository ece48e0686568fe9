import { FunctionError } from '../go-template/function-error.ts';
import { GoObject, type Method, type Value } from '../go-template/values.ts';
import { whole } from './numbers.ts';
import { fn } from './signature.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const layout =
  /January|Jan|Monday|Mon|MST|2006|-0700|-07:00|Z07:00|01|02|03|04|05|06|002|15|PM|pm|_2|1|2|3|4|5/g;

/** Sprig's times, all in UTC: where a chart is rendered decides nothing here. */
export const dates: Readonly<Record<string, Method>> = {
  now: fn('', () => timeOf(Date.now())),
  date: fn('sa', (form, time) => written(form, time)),
  dateInZone: fn('sas', (form, time) => written(form, time)),
  date_in_zone: fn('sas', (form, time) => written(form, time)),
  htmlDate: fn('a', (time) => written('2006-01-02', time)),
  htmlDateInZone: fn('as', (time) => written('2006-01-02', time)),
  unixEpoch: fn('a', (time) => String(Math.floor(millis(time) / 1_000))),
  dateModify: fn('sa', (by, time) => timeOf(millis(time) + duration(by))),
  date_modify: fn('sa', (by, time) => timeOf(millis(time) + duration(by))),
  mustDateModify: fn('sa', (by, time) => timeOf(millis(time) + duration(by))),
  must_date_modify: fn('sa', (by, time) => timeOf(millis(time) + duration(by))),
  toDate: fn('ss', (_, text) => timeOf(parsed(text))),
  mustToDate: fn('ss', (_, text) => timeOf(parsed(text))),
  ago: fn('a', (time) => `${Math.max(0, Math.round((Date.now() - millis(time)) / 1_000))}s`),
  duration: fn('a', (seconds) => spanText(Number(whole(seconds)))),
  durationRound: fn('a', (span) => String(span)),
};

function timeOf(at: number): GoObject {
  const text = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
  const fields: Record<string, Value> = {
    Unix: () => BigInt(Math.floor(at / 1_000)),
    UnixNano: () => BigInt(at) * 1_000_000n,
    Year: () => BigInt(new Date(at).getUTCFullYear()),
    Day: () => BigInt(new Date(at).getUTCDate()),
    Format: (form) => written(String(form), BigInt(Math.floor(at / 1_000))),
    UTC: () => timeOf(at),
  };
  return new GoObject('time.Time', fields, text);
}

function millis(time: Value): number {
  const unix = time instanceof GoObject ? time.fields.get('Unix') : null;
  return Number(whole(typeof unix === 'function' ? unix() : time)) * 1_000;
}

function parsed(text: string): number {
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : at;
}

function duration(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
  if (!/^[-+]?(?:[\d.]+(?:h|ms|m|s))+$/.test(text))
    throw new FunctionError(`"${text}" is no duration.`);
  const sign = text.startsWith('-') ? -1 : 1;
  return [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit]) => sum + sign * Number(count) * (units[unit as string] ?? 0),
    0,
  );
}

function spanText(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${s}s`;
}

function written(form: string, time: Value): string {
  const at = new Date(millis(time));
  if (Number.isNaN(at.getTime())) throw new FunctionError('the time cannot be written.');
  const two = (value: number): string => String(value).padStart(2, '0');
  const [month, day] = [months[at.getUTCMonth()] as string, days[at.getUTCDay()] as string];
  const hour = at.getUTCHours();
  const parts: Readonly<Record<string, string>> = {
    January: month,
    Jan: month.slice(0, 3),
    Monday: day,
    Mon: day.slice(0, 3),
    MST: 'UTC',
    '2006': String(at.getUTCFullYear()),
    '06': two(at.getUTCFullYear() % 100),
    '01': two(at.getUTCMonth() + 1),
    '1': String(at.getUTCMonth() + 1),
    '02': two(at.getUTCDate()),
    _2: String(at.getUTCDate()).padStart(2),
    '2': String(at.getUTCDate()),
    '15': two(hour),
    '03': two(hour % 12 || 12),
    '3': String(hour % 12 || 12),
    '04': two(at.getUTCMinutes()),
    '4': String(at.getUTCMinutes()),
    '05': two(at.getUTCSeconds()),
    '5': String(at.getUTCSeconds()),
    PM: hour < 12 ? 'AM' : 'PM',
    pm: hour < 12 ? 'am' : 'pm',
    '-0700': '+0000',
    '-07:00': '+00:00',
    'Z07:00': 'Z',
  };
  return form.replace(layout, (part) => parts[part] ?? part);
}

/**
 * Times as a person reads them, in the time zone of the machine. Written out by hand: the first use of Intl in a process takes longer
 * than a frame of the editor.
 */

/** `23 Nov 14:02`. */
export function whenText(time: Date): string {
  return `${time.getDate()} ${MONTHS[time.getMonth()].slice(0, 3)} ${clockText(time)}`;
}

/** `14:02`. */
export function clockText(time: Date): string {
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** `at 14:02:11`, or `on 12 Nov at 14:02` where that isn't the day of `now`. */
export function momentText(time: Date, now: Date): string {
  if (isSameDay(time, now)) return `at ${clockText(time)}:${two(time.getSeconds())}`;
  return `on ${time.getDate()} ${MONTHS[time.getMonth()].slice(0, 3)} at ${clockText(time)}`;
}

/** `Today`, `Yesterday`, `Thursday, 12 November`, `12 November 2025`. */
export function dayText(day: Date, now: Date): string {
  if (isSameDay(day, now)) return 'Today';
  if (isSameDay(day, new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return 'Yesterday';
  const date = `${day.getDate()} ${MONTHS[day.getMonth()]}`;
  return day.getFullYear() === now.getFullYear() ? `${DAYS[day.getDay()]}, ${date}` : `${date} ${day.getFullYear()}`;
}

export function isSameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
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

function two(number: number): string {
  return String(number).padStart(2, '0');
}

import { NONE } from './profile.ts';

/** What a thread is called for a person: `render (4242)`; by its name or its number alone where the other isn't known. */
export function threadLabel({ name, tid }: { readonly name: string; readonly tid: number }): string {
  if (tid === NONE) return name === '' ? 'unnamed thread' : name;
  return name === '' ? `thread ${tid}` : `${name} (${tid})`;
}

/** The number of a process or thread; `?` where it isn't known. */
export function idText(id: number): string {
  return id === NONE ? '?' : String(id);
}

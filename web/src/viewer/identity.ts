import { Held } from '../held';

/** Whom the demo plays, by role; empty where everybody must say who they are. */
export const demoRoles = (document.querySelector<HTMLMetaElement>('meta[name=demo-viewers]')?.content ?? '')
  .split(' ')
  .filter(Boolean);

export const isDemo = demoRoles.length > 0;

const KEY = isDemo ? 'console.viewer' : 'console.token';

/** A role in the demo, a token elsewhere; forgotten with the browser's tab. */
export const identity = new Held(sessionStorage.getItem(KEY) ?? (isDemo ? 'manager' : ''));

export function become(who: string): void {
  sessionStorage.setItem(KEY, who);
  identity.set(who);
}

/** What a request says of who asks. */
export function identifying(): Record<string, string> {
  const who = identity.get();
  if (isDemo) return { 'x-demo-viewer': who };
  return who ? { authorization: `Bearer ${who}` } : {};
}

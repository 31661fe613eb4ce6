/** A name of the graph as people say it. */
export function words(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}

export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

/** A name of the graph as people say it. */
export function words(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

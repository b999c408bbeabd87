/** What comes after the last `/` of a path, of a file as of a directory. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

import * as nodeFileSystem from 'node:fs/promises';
import type { FileSystem, OpenFile } from '../durable-write';

/** The real file system, whose `nth` call (from 1) fails with `code`; `calls` lists what was called. */
export function failingAt(nth: number, code: string): FileSystem & { readonly calls: string[] } {
  const calls: string[] = [];
  const step = (name: string): void => {
    calls.push(name);
    if (calls.length === nth) throw Object.assign(new Error(`${code}: injected`), { code });
  };
  const wrap = (file: OpenFile): OpenFile => ({
    write: async (bytes, offset, length) => (step('write'), file.write(bytes, offset, length)),
    read: async (buffer, offset, length, position) => (step('read'), file.read(buffer, offset, length, position)),
    sync: async () => (step('sync'), file.sync()),
    close: async () => {
      // The descriptor is always freed, as a real failing close does.
      await file.close();
      step('close');
    },
  });
  return {
    calls,
    open: async (path, flags, mode) => (step('open'), wrap(await nodeFileSystem.open(path, flags, mode))),
    stat: async (path) => (step('stat'), nodeFileSystem.stat(path)),
    link: async (from, to) => (step('link'), nodeFileSystem.link(from, to)),
    copyFile: async (from, to) => (step('copyFile'), nodeFileSystem.copyFile(from, to)),
    rename: async (from, to) => (step('rename'), nodeFileSystem.rename(from, to)),
    unlink: async (path) => (step('unlink'), nodeFileSystem.unlink(path)),
  };
}

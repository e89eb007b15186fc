import { describe, expect, it } from 'vitest';
import { commands } from './commands';
import { formatChord, matches, type KeyPress } from './keyboard';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('matches', () => {
  it('means Ctrl elsewhere and ⌘ on a Mac', () => {
    expect(matches('Mod+S', press('s', { ctrlKey: true }), false)).toBe(true);
    expect(matches('Mod+S', press('s', { metaKey: true }), false)).toBe(false);
    expect(matches('Mod+S', press('s', { metaKey: true }), true)).toBe(true);
    expect(matches('Mod+S', press('s', { ctrlKey: true }), true)).toBe(false);
  });

  it('tells chords apart that differ by Shift', () => {
    expect(matches('Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matches('Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });

  it('takes a sign for what it is, with or without Shift', () => {
    expect(matches('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matches('?', press('?'), false)).toBe(true);
  });

  it('does not fire a bare key under a modifier', () => {
    expect(matches('R', press('r', { ctrlKey: true }), false)).toBe(false);
    expect(matches('R', press('r', { metaKey: true }), false)).toBe(false);
    expect(matches('R', press('r'), false)).toBe(true);
    expect(matches('Space', press(' '), false)).toBe(true);
  });
});

it('shows chords as each platform writes them', () => {
  expect(formatChord('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(formatChord('Mod+Shift+Z', true)).toBe('⇧⌘Z');
  expect(formatChord('Alt+ArrowUp', false)).toBe('Alt+↑');
});

it('gives no chord to two commands', () => {
  const chords = Object.values(commands).flatMap((command) => command.keys);
  expect(new Set(chords).size).toBe(chords.length);
});

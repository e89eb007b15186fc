import { describe, expect, it } from 'vitest';
import { boxOf, stretchesOf } from './plot-box';
import { actionOf } from './plot-keys';

const chart = {
  area: { left: 50, right: 250, top: 10, bottom: 110 },
  at: (left: number, top: number) => ({ x: (left - 50) / 2, y: 110 - top }),
};

describe('a box that is dragged over a chart', () => {
  it('is a click where it has hardly any width', () =>
    expect(boxOf({ fromX: 60, fromY: 20, toX: 64, toY: 90 }, chart.area)).toBeNull());

  it('stands for both axes, whichever corner it began at', () => {
    const expected = { x: { min: 25, max: 75 }, y: { min: 30, max: 90 } };
    expect(stretchesOf({ fromX: 100, fromY: 20, toX: 200, toY: 80 }, chart)).toEqual(expected);
    expect(stretchesOf({ fromX: 200, fromY: 80, toX: 100, toY: 20 }, chart)).toEqual(expected);
  });

  it('is a stretch of epochs where it is low, and ends at the edge of the lines', () =>
    expect(stretchesOf({ fromX: 200, fromY: 50, toX: 400, toY: 55 }, chart)).toEqual({
      x: { min: 75, max: 100 },
      y: null,
    }));
});

describe('actionOf', () => {
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  const window = { min: 10, max: 30 };
  const read = (key: string, now: number | null) => {
    const action = actionOf({ ...none, key });
    return action?.kind === 'read' ? action.place(now, window) : null;
  };

  it('reads on from the cursor, or begins at the side where it comes from', () => {
    expect(read('ArrowRight', null)).toEqual([10, 0]);
    expect(read('ArrowLeft', null)).toEqual([30, 0]);
    expect(read('ArrowRight', 12)).toEqual([12, 1]);
    expect(read('ArrowRight', 30)).toEqual([30, 0]);
    expect(read('PageUp', 29)).toEqual([30, 0]);
    expect(read('PageDown', 20)).toEqual([18, 0]);
    expect(read('Home', 20)).toEqual([10, 0]);
    expect(read('End', 20)).toEqual([30, 0]);
  });

  it('leaves chords and other keys to the window', () => {
    expect(actionOf({ ...none, key: '0', ctrlKey: true })).toBeNull();
    expect(actionOf({ ...none, key: ' ' })).toBeNull();
    expect(actionOf({ ...none, key: 'ArrowRight', shiftKey: true })).toEqual({ kind: 'pan', share: 0.25 });
    expect(actionOf({ ...none, key: '+', shiftKey: true })).toEqual({ kind: 'zoom', nearer: true });
  });
});

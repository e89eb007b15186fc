import type { LoadProgress } from '../../src-worker/api';
import type { Output } from './command';

/** Shows how far the data are read; on a terminal only, and nothing stays of it. */
export interface LoadView {
  update(progress: LoadProgress): void;
  end(): void;
}

export function createLoadView(output: Output): LoadView {
  let drawn = false;
  const draw = (text: string): void => void output.write(`\r\u001b[2K${text.slice(0, (output.columns ?? 100) - 1)}`);
  return {
    update(progress) {
      if (output.isTTY !== true) return;
      draw(describe(progress));
      drawn = true;
    },
    end() {
      if (drawn) draw('');
    },
  };
}

function describe({ phase, file, bytes, totalBytes, rows, images }: LoadProgress): string {
  if (phase === 'preparing') return 'splitting and scaling';
  if (phase === 'decoding') return `decoding ${file}`;
  if (images !== undefined) {
    const share = Math.round((100 * images.done) / images.all);
    return `reading images  ${share} %  ${images.done.toLocaleString('en')} of ${images.all.toLocaleString('en')}`;
  }
  const percent = totalBytes === 0 ? 100 : Math.round((100 * bytes) / totalBytes);
  return `reading ${file}  ${percent} %${rows > 0 ? `  ${rows.toLocaleString('en')} rows` : ''}`;
}

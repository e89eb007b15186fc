import { expose } from 'comlink';
import type { ElectronBridge } from '../../src-main/bridge';
import { createWasmEngine } from '../../src-worker/engines';
import { loadBuiltKernels } from '../../src-worker/testing/load-kernels';
import { createSweepRunner } from '../../src-worker/sweep/sweep-runner';
import { createTrainer } from '../../src-worker/trainer';
import { AppState } from '../state/app.svelte';
import type { ThemeState } from '../state/theme.svelte';
import { withFiles } from './with-files';

/** Ends what {@link openWindow} began. */
export interface OpenWindow {
  readonly app: AppState;
  close(): void;
}

/**
 * The app's whole state over the real trainer behind a real channel, as the window composes it, without a window.
 * @param services of the shell that are there beside its name
 */
export async function openWindow(services: Partial<ElectronBridge> = {}): Promise<OpenWindow> {
  const ports: MessagePort[] = [];
  const { Worker, window, document, matchMedia } = globalThis;
  const before = { Worker, window, document, matchMedia };
  /** In place of a thread: the same messages, the same copies. */
  function Thread(script: URL): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const receiver = withFiles(port1, port2);
    const engine = createWasmEngine(loadBuiltKernels, 1);
    const trainer = { ...createTrainer(engine), connectDecoder: () => undefined, watchLoads: () => undefined };
    expose(script.pathname.includes('/sweep/') ? createSweepRunner(engine) : trainer, receiver);
    ports.push(port1, port2);
    return Object.assign(port1, { terminate: () => port1.close() });
  }
  const about = { shell: 'local', platform: 'linux', version: 'test', saving: 'folder', opening: 'page', folder: null };
  const bridge: Partial<ElectronBridge> = { ...services, about: () => Promise.resolve(about as never) };
  // As wide as three panes need.
  const wide = () => ({ matches: true, addEventListener: () => undefined });
  const page = { window: { layerlab: bridge }, document: { hidden: true }, matchMedia: wide };
  Object.assign(globalThis, { Worker: Thread, ...page });
  const app = await AppState.start({ current: 'light', toggle: () => undefined } as unknown as ThemeState);
  app.run.pace = 'full-speed';
  return {
    app,
    close() {
      for (const port of ports) port.close();
      Object.assign(globalThis, before);
    },
  };
}

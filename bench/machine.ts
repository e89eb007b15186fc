import { cpus, loadavg, totalmem } from 'node:os';

/** What the numbers depend on and a reader cannot see. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly browser: string;
  readonly node: string;
  /** Processes that wanted a core in the minute before the run: near 0 where the machine is ours alone. */
  readonly loadBefore: number;
}

export function describeMachine(browser: string): Machine {
  const all = cpus();
  return {
    cpu: (all[0]?.model ?? 'unknown CPU').trim(),
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    browser,
    node: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGiB, system, browser, node, loadBefore } = machine;
  const load = loadBefore > 0.5 ? `; load ${loadBefore} before the run, so expect wide spreads` : '';
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, ${browser}, Node ${node}${load}`;
}

import { layers } from '../layers';
import type { LayerSpec } from './document';
import { withEnabled } from './enabled';
import { pathTo, type Findings } from './findings';
import { readKind } from './read-kind';
import { readBoolean, readObject } from './read';

/**
 * Reads one layer: the fields of its kind, and whether it is switched on.
 * @returns null after a problem that leaves the kind unknown
 */
export function readLayer(value: unknown, path: string, findings: Findings): LayerSpec | null {
  const read = readKind(value, path, layers, null, findings, ['enabled']);
  if (read === null) return null;
  const given = typeof value === 'string' ? undefined : readObject(value, path, null, findings).get('enabled');
  // readKind fills exactly the fields of the layer's definition, which are those of its spec.
  return withEnabled(read as unknown as LayerSpec, readBoolean(given, pathTo(path, 'enabled'), true, findings));
}

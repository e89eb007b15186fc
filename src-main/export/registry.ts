import type { ExportFormatId } from '../bridge';
import type { ExportFormat } from './format';
import { c } from './c';
import { csv } from './csv';
import { html } from './html';
import { javascript } from './javascript';
import { json } from './json';
import { keras } from './keras';
import { latex } from './latex';
import { npz } from './npz';
import { numpy } from './numpy';
import { onnx } from './onnx';
import { pytorch } from './pytorch';
import { pytorchDistributed } from './distributed';
import { svg } from './svg';
import { tfjs } from './tfjs';

/** Every format by its id. To add one: a file, this line and a member of `ExportFormatId`. */
export const exportFormats: { readonly [K in ExportFormatId]: ExportFormat } = {
  onnx,
  tfjs,
  html,
  keras,
  pytorch,
  'pytorch-distributed': pytorchDistributed,
  numpy,
  javascript,
  c,
  json,
  npz,
  csv,
  svg,
  latex,
};

import type { ExportFormatId } from '../bridge';
import type { ExportFormat } from './format';
import { json } from './json';
import { onnx } from './onnx';

/** Every format by its id. To add one: a file, this line and a member of `ExportFormatId`. */
export const exportFormats: { readonly [K in ExportFormatId]: ExportFormat } = { onnx, json };

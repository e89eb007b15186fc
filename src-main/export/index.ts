export { ExportDesk } from './desk';
export { encodeModel, type EncodedExport } from './encode-model';
export { exportFormats } from './registry';

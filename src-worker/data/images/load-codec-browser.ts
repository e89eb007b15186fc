import jpegUrl from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import webpUrl from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import type { CodecFile, LoadCodec } from './codecs';

const urls: Readonly<Record<CodecFile, string>> = { 'mozjpeg_dec.wasm': jpegUrl, 'webp_dec.wasm': webpUrl };

/** The decoders of images in a page or its workers, streamed from beside the script. */
export const loadCodecInBrowser: LoadCodec = (file) => WebAssembly.compileStreaming(fetch(urls[file]));

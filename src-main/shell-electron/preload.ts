import { contextBridge, ipcRenderer } from 'electron';
import { preloadBridge } from './preload-bridge';

contextBridge.exposeInMainWorld('layerlab', preloadBridge(ipcRenderer));

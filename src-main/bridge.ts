/**
 * The contract of the main process, implemented by both shells: Electron over IPC, the local shell over loopback HTTP. Verbs,
 * never channels; paths never come from the window: it holds opaque handles that a dialog made.
 */
import type {
  DecodeOptions,
  Experiment,
  ModelSnapshot,
  Outcome,
  Problem,
  Proof,
  TrainingData,
} from '../src-worker/api';
import type {
  DragOffer,
  ExportedFile,
  ExportFormatId,
  ExportFormatInfo,
  ExportPreview,
  ExportRequest,
} from './export/export-types';

import type { PreferencesApi, SessionsApi } from './keep/keep-types';
import type { ModelFile } from './import/format';
import type { ReadModel } from './import/read-model';

export type * from './export/export-types';
export type { ModelFile } from './import/format';
export type * from './import/read-model';
export type * from './keep/keep-types';

export interface DesktopApi extends SessionsApi, PreferencesApi {
  /** What this shell is and how it asks for files. */
  about(): Promise<ShellInfo>;

  /**
   * Asks where to save. A shell with `saving: 'dialog'` opens the native dialog and ignores `name`; one with `saving: 'folder'`
   * needs `name` (a bare file name, chosen in the window) and puts it into its folder; a file of that name without `replace`
   * is a problem with the code `save/exists`. Null: cancelled.
   */
  chooseSaveTarget(request: SaveRequest): Promise<Outcome<FileTarget | null>>;

  /**
   * Encodes the project and writes it durably. The old file survives any failure unchanged; one of an older version is kept beside it under
   * another name first.
   */
  saveProject(target: string, project: Project): Promise<Outcome<SavedProject>>;

  /** Writes the text of a lesson durably; the window has made and checked it. */
  saveLesson(target: string, text: string): Promise<Outcome<SavedFile>>;

  /** Shell with `opening: 'dialog'`: the native dialog; a project is this window's own from then on. Null: cancelled, or this shell opens in the page. */
  chooseProject(): Promise<Outcome<OpenedProject | null>>;

  /** Projects that can be opened without a dialog: those used lately, and in the local shell those of its folder. */
  listProjects(): Promise<Outcome<readonly ListedProject[]>>;
  openListedProject(handle: string): Promise<Outcome<OpenedProject>>;

  /** Takes a project off the list of those used lately; the file stays where it is. */
  forgetProject(handle: string): Promise<Outcome<null>>;

  /** Decodes a project that was dropped on or picked in the page. Never touches the disk. */
  readProject(name: string, bytes: Uint8Array): Promise<Outcome<OpenedProject>>;

  /**
   * Reads a model that another program, or an export, wrote: what it holds, and a network or a whole model where the app knows all of it.
   * @param files the model file, with those beside it that hold its weights
   */
  readModel(files: readonly ModelFile[]): Promise<Outcome<ReadModel>>;

  /** Formats that a model can leave in. */
  listExportFormats(): Promise<readonly ExportFormatInfo[]>;

  /**
   * Takes a model that is to be exported, once for whatever is then asked of it.
   * @param proof rows with the app's outputs; null where none are at hand, and some are drawn
   * @param data only for a format that takes them
   * @returns a handle, good until {@link releaseExport}, or until several other models came
   */
  stageExport(model: ModelSnapshot, proof: Proof | null, data: TrainingData | null): Promise<Outcome<string>>;

  /** Forgets the model; nothing where it is forgotten already. */
  releaseExport(staged: string): Promise<void>;

  /** What {@link exportModel} would write: its size, and how it proves itself. Fails where it would. Touches no disk. */
  previewExport(staged: string, request: ExportRequest): Promise<Outcome<ExportPreview>>;

  /** Encodes the model, lets an independent reader check it where there is one, and writes it durably. */
  exportModel(target: string, staged: string, request: ExportRequest): Promise<Outcome<ExportedFile>>;

  /**
   * Makes the same file ready to be dragged out of the window.
   * @param name what it is to be called, without its ending; a usable name is made of any text
   */
  offerExport(staged: string, request: ExportRequest, name: string): Promise<Outcome<DragOffer>>;

  /**
   * Decodes a workbook or a Parquet file in a process of its own, which may run out of memory or time without harm to anyone else.
   * @param ticket chosen by the window, so that it can cancel
   * @returns the decoder's reply as bytes, which the worker reads and checks
   */
  decodeTable(ticket: string, name: string, bytes: Uint8Array, options: DecodeOptions): Promise<Outcome<Uint8Array>>;

  /** Ends the decoding of that ticket, which then gives a problem with the code `decode/cancelled`; nothing where it is done. */
  cancelDecoding(ticket: string): Promise<void>;
}

export interface ShellInfo {
  readonly shell: 'electron' | 'local';
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly version: string;
  readonly saving: 'dialog' | 'folder';
  readonly opening: 'dialog' | 'page';
  /** Where `saving: 'folder'` puts files, as shown to the person. */
  readonly folder: string | null;
}

export type SaveKind = 'project' | 'export' | 'lesson';

export interface SaveRequest {
  readonly kind: SaveKind;
  readonly format: ExportFormatId | null;
  readonly suggestedName: string;
  /** `saving: 'folder'` only. */
  readonly name: string | null;
  /** The person has agreed to replace an existing file of that name. */
  readonly replace: boolean;
}

export interface FileTarget {
  /** Opaque; valid for this session of the shell. */
  readonly handle: string;
  /** For the title bar and messages. */
  readonly label: string;
}

export interface SavedFile {
  readonly label: string;
  readonly bytes: number;
}

export interface SavedProject extends SavedFile {
  /** The name under which the file of an older version is kept; null where there was none. */
  readonly kept: string | null;
}

/** What a `.layerlab` project holds. `data` only where the person asked for it to travel along. */
export interface Project {
  /** As it is on the screen, whether it can be trained or not. */
  readonly document: Experiment;
  /**
   * The network as it was trained last, under the document that it is of: that on the screen, or where that cannot be trained the one before.
   * Null where there is none.
   */
  readonly model: ModelSnapshot | null;
  readonly data: readonly ProjectFile[];
}

export interface ProjectFile {
  readonly name: string;
  readonly role: 'data' | 'test';
  readonly bytes: Uint8Array;
}

export interface OpenedProject {
  readonly project: Project;
  /** Where a plain Save goes; null for one that was dropped on the page. */
  readonly target: FileTarget | null;
  readonly name: string;
  /** Why it is not simply shown; null for a project that can be. */
  readonly caution: OpenCaution | null;
  /** The version that its file is of, where that is an older one: the first save over it keeps it beside. Null otherwise. */
  readonly olderVersion: number | null;
}

export interface OpenCaution {
  /** `in-use`: another window works at the file, and this is a copy. `backup`: the file is damaged, and this is the save before it. */
  readonly kind: 'in-use' | 'backup';
  readonly problems: readonly Problem[];
}

export interface ListedProject {
  readonly handle: string;
  readonly name: string;
  /** When it was saved; for one that is missing, when it was used last. */
  readonly modifiedMs: number;
  /** Whether it can be forgotten: it is on the list for having been used. */
  readonly recent: boolean;
  /** Its file is gone, or its disk is not here. */
  readonly missing: boolean;
}

// ── Electron's menu ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What a menu item asks the window to do; the window knows what that means at the moment. */
export type MenuCommand =
  | 'new'
  | 'load-data'
  | 'open'
  | 'save'
  | 'save-as'
  | 'export'
  | 'export-again'
  | 'undo'
  | 'redo'
  | 'train'
  | 'step'
  | 'step-epoch'
  | 'step-example'
  | 'train-to'
  | 'checkpoint'
  | 'restore-best'
  | 'reset'
  | 'palette'
  | 'theme'
  | 'shortcuts';

/** What Electron's preload puts on `window.layerlab`: the services, the menu's commands, and a drag of the system. */
export interface ElectronBridge extends DesktopApi {
  /** Calls `listener` for every menu command; the returned function stops that. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;

  /** Drags a file that was offered; to be called while the page begins to drag. Nothing for another handle. */
  startDrag(handle: string): void;
}

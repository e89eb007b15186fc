export type DialogName =
  | 'palette'
  | 'predictions'
  | 'keys'
  | 'train-to'
  | 'find-rate'
  | 'save'
  | 'open'
  | 'export'
  | 'model'
  | 'lessons'
  | 'save-lesson';

/** Which dialog is open; at most one, because each is a question about the whole window. */
export class DialogsState {
  current = $state<DialogName | null>(null);

  open(name: DialogName): void {
    this.current = name;
  }

  close(): void {
    this.current = null;
  }
}

import { isPictureName } from '../../preload/contract.ts';

/** What a drop brought: files that can be read, and those that cannot. */
export interface Dropped {
  files: File[];
  unreadable: string[];
}

export interface DropOptions {
  /** Whether folders are handed over as they are. */
  readonly whole: boolean;
  /** Whether the folders in folders count too. */
  readonly deep: boolean;
}

/** Files of a drop: those dropped themselves, and the pictures directly inside dropped folders or anywhere below. */
export async function droppedFiles(transfer: DataTransfer, { whole, deep }: DropOptions): Promise<Dropped> {
  if (whole) return { files: [...transfer.files], unreadable: [] };
  // The entries must be taken before the first wait: the transfer is emptied when the event ends.
  const parts = await Promise.all([...transfer.items].map((item) => takeItem(item, deep)));
  return { files: parts.flatMap((part) => part.files), unreadable: parts.flatMap((part) => part.unreadable) };
}

function takeItem(item: DataTransferItem, deep: boolean): Dropped | Promise<Dropped> {
  const entry = item.webkitGetAsEntry();
  if (entry) return filesOf(entry, deep);
  // A picture that is not on disk, as other programs hand over, has no entry.
  const file = item.getAsFile();
  return { files: file ? [file] : [], unreadable: [] };
}

async function filesOf(entry: FileSystemEntry, deep: boolean): Promise<Dropped> {
  try {
    if (isFile(entry)) return { files: [await fileOf(entry)], unreadable: [] };
    if (isDirectory(entry)) return { files: await picturesIn(entry, deep), unreadable: [] };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  return { files: [], unreadable: [entry.name] };
}

async function picturesIn(folder: FileSystemDirectoryEntry, deep: boolean): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  // A reader answers in portions, and with an empty one at the end.
  for (let portion = await nextPortion(reader); portion.length > 0; portion = await nextPortion(reader)) {
    const pictures = portion.filter(isFile).filter(({ name }) => isPictureName(name));
    files.push(...(await Promise.all(pictures.map(fileInFolder))));
    const folders = deep ? portion.filter(isDirectory) : [];
    files.push(...(await Promise.all(folders.map((each) => picturesIn(each, deep)))).flat());
  }
  return files.sort((a, b) =>
    a.webkitRelativePath.localeCompare(b.webkitRelativePath, undefined, { numeric: true }),
  );
}

function nextPortion(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** With its path from the dropped folder on, as files have it that a dialog for folders chose. */
async function fileInFolder(entry: FileSystemFileEntry): Promise<File> {
  return Object.defineProperty(await fileOf(entry), 'webkitRelativePath', { value: entry.fullPath.slice(1) });
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

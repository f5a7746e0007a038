import { isPictureName } from '../../preload/contract.ts';

/** What a drop brought: files that can be read, and those that cannot. */
export interface Dropped {
  files: File[];
  unreadable: string[];
}

/** Files of a drop: those dropped themselves, and the pictures directly inside dropped folders. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  // The entries must be taken before the first wait: the transfer is emptied when the event ends.
  const parts = await Promise.all([...transfer.items].map(takeItem));
  return { files: parts.flatMap((part) => part.files), unreadable: parts.flatMap((part) => part.unreadable) };
}

function takeItem(item: DataTransferItem): Dropped | Promise<Dropped> {
  const entry = item.webkitGetAsEntry();
  if (entry) return filesOf(entry);
  // A picture that is not on disk, as other programs hand over, has no entry.
  const file = item.getAsFile();
  return { files: file ? [file] : [], unreadable: [] };
}

async function filesOf(entry: FileSystemEntry): Promise<Dropped> {
  try {
    if (isFile(entry)) return { files: [await fileOf(entry)], unreadable: [] };
    if (isDirectory(entry)) return { files: await picturesIn(entry), unreadable: [] };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  return { files: [], unreadable: [entry.name] };
}

async function picturesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  // A reader answers in portions, and with an empty one at the end.
  for (let portion = await nextPortion(reader); portion.length > 0; portion = await nextPortion(reader)) {
    const pictures = portion.filter(isFile).filter(({ name }) => isPictureName(name));
    files.push(...(await Promise.all(pictures.map(fileOf))));
  }
  return files.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function nextPortion(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/**
 * A stand-in for the `electron` module: as much of it as Relume uses, with the same types, recording what is
 * asked. Used with `vi.mock('electron', () => import('./electron-stand-in.ts'))`.
 */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  ForkOptions,
  HandlerDetails,
  IpcMainEvent,
  IpcMainInvokeEvent,
  MenuItemConstructorOptions,
  MessageBoxSyncOptions,
  OnBeforeRequestListenerDetails,
  PermissionRequest,
  WebPreferences,
  WindowOpenHandlerResponse,
} from 'electron';

type IpcHandler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type PermissionHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: Pick<PermissionRequest, 'requestingUrl'>,
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;
type MessageHandler = (event: IpcMainEvent, ...args: unknown[]) => void;
type BeforeRequest = (
  details: Pick<OnBeforeRequestListenerDetails, 'url'>,
  answer: (response: { cancel?: boolean }) => void,
) => void;

/** What was asked of Electron since `forget`. */
export const asked = {
  /** In order: 'scheme', 'lock', 'ready', 'quit', … */
  steps: [] as string[],
  schemes: [] as CustomScheme[],
  handlers: new Map<string, IpcHandler>(),
  messages: new Map<string, MessageHandler>(),
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  shown: [] as string[],
  /** What a further start would tell the one that runs. */
  handedOver: undefined as object | undefined,
  menu: [] as MenuItemConstructorOptions[],
  messageBoxes: [] as string[],
  permissionRequest: undefined as PermissionHandler | undefined,
  permissionCheck: undefined as PermissionCheck | undefined,
  beforeRequest: undefined as { urls: string[]; listener: BeforeRequest } | undefined,
  forks: [] as { entry: string; options: ForkOptions | undefined; child: StandInChild }[],
};

/** What the machine is like. */
export const machine = { firstInstance: true, chosenButton: 0 };

class StandInApp extends EventEmitter {
  readonly isPackaged = true;
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set '${name}' path`);
    asked.steps.push(`${name} in ${path}`);
  }
  setAppUserModelId(id: string): void {
    asked.steps.push(`known as ${id}`);
  }
  requestSingleInstanceLock(handedOver?: object): boolean {
    asked.steps.push('lock');
    asked.handedOver = handedOver;
    return machine.firstInstance;
  }
  async whenReady(): Promise<void> {
    asked.steps.push('ready');
  }
  async getFileIcon(path: string): Promise<string> {
    return `icon of ${path}`;
  }
  quit(): void {
    asked.steps.push('quit');
  }
}

export class StandInContents extends EventEmitter {
  readonly sent: [channel: string, payload: unknown][] = [];
  openHandler: ((details: Pick<HandlerDetails, 'url'>) => WindowOpenHandlerResponse) | undefined;
  send(channel: string, payload: unknown): void {
    this.sent.push([channel, payload]);
  }
  setWindowOpenHandler(handler: NonNullable<StandInContents['openHandler']>): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static windows: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.windows;
  }
  readonly webContents = new StandInContents();
  readonly options: BrowserWindowConstructorOptions & { webPreferences?: WebPreferences };
  readonly did: string[] = [];
  minimized = false;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.windows.push(this);
    app.emit('browser-window-created', {}, this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.did.push(`load ${url}`);
  }
  show = () => this.did.push('show');
  focus = () => this.did.push('focus');
  restore = () => this.did.push('restore');
  isMinimized = () => this.minimized;
}

class StandInChild extends EventEmitter {
  readonly stdout = { pipe: (to: unknown) => this.piped.push(to) };
  readonly stderr = { pipe: (to: unknown) => this.piped.push(to) };
  readonly piped: unknown[] = [];
  readonly posted: unknown[] = [];
  killed = false;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

export const app = new StandInApp();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => {
    asked.steps.push('scheme');
    asked.schemes.push(...schemes);
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
    asked.protocols.set(scheme, handler),
};

export const ipcMain = {
  handle: (name: string, handler: IpcHandler) => asked.handlers.set(name, handler),
  on: (name: string, handler: MessageHandler) => asked.messages.set(name, handler),
};
export const shell = { showItemInFolder: (path: string) => asked.shown.push(path) };

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: MenuItemConstructorOptions[]) => {
    asked.menu = menu;
  },
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionHandler) => {
      asked.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler: PermissionCheck) => {
      asked.permissionCheck = handler;
    },
    webRequest: {
      onBeforeRequest: ({ urls }: { urls: string[] }, listener: BeforeRequest) => {
        asked.beforeRequest = { urls, listener };
      },
    },
  },
};

export const dialog = {
  showMessageBoxSync: ({ message }: MessageBoxSyncOptions): number => {
    asked.messageBoxes.push(message);
    return machine.chosenButton;
  },
};

export const utilityProcess = {
  fork: (entry: string, _args?: string[], options?: ForkOptions) => {
    const child = new StandInChild();
    asked.forks.push({ entry, options, child });
    return child;
  },
};

/** Starts afresh. */
export function forget(): void {
  Object.assign(machine, { firstInstance: true, chosenButton: 0 });
  BrowserWindow.windows = [];
  app.removeAllListeners();
  for (const list of [asked.steps, asked.schemes, asked.shown, asked.menu, asked.messageBoxes, asked.forks])
    list.length = 0;
  asked.handlers.clear();
  asked.messages.clear();
  asked.protocols.clear();
}

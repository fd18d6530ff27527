/** The part of the syslog-server package that halogen uses; the package brings no types of its own. */
declare module 'syslog-server' {
  import type { EventEmitter } from 'node:events';

  /** Emits `error` with the socket's error, also where the bind failed: the promise of `start` stays pending then. */
  export default class SyslogServer extends EventEmitter {
    start(options: { port: number; address: string; exclusive: boolean }): Promise<void>;
    /** Settles once the socket is closed. */
    stop(): Promise<void>;
  }
}

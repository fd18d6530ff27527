/** Stores in a folder of their own, removed after the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A file name in a new folder that goes when the test ends. */
export function temporaryFile(context: TestContext, name = 'halogen.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'halogen-store-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

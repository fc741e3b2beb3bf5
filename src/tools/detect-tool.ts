import { readdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { installCommand } from './install-command.ts';
import { runToEnd } from './run.ts';
import { settingOf, type Tool } from './tool.ts';

/** Whether a tool can be run here. */
export type DetectedTool =
  | { readonly state: 'found'; readonly path: string; readonly version: string }
  /** It is there and doesn't run: `why` is a sentence. */
  | { readonly state: 'broken'; readonly path: string; readonly why: string; readonly fix: string }
  | { readonly state: 'missing'; readonly why: string; readonly fix: string };

export interface DetectOptions {
  /** Path from the setting of the tool; nothing else is looked for then. */
  readonly path?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Looks for a tool and runs it for its version. Never rejects but with the signal's reason. */
export async function detectTool(tool: Tool, options: DetectOptions = {}): Promise<DetectedTool> {
  const { path: wished, env = process.env, signal } = options;
  const path = wished === undefined || wished === '' ? firstOnPath(tool, env) : wished;
  const install = installCommand(tool);
  if (path === undefined) {
    return { state: 'missing', why: `${tool.executables.join(' or ')} was not found on PATH.`, fix: install };
  }
  const correct = wished ? `Correct or clear the setting ${settingOf(tool)}.` : install;
  try {
    const out = await runToEnd([path, ...tool.versionArguments], { env, signal, timeoutMs: 10_000 });
    const version = tool.versionIn.exec(out.stdout)?.[1];
    if (version !== undefined) return { state: 'found', path, version };
    const said = `${out.stderr}\n${out.stdout}`.trim().split('\n')[0] ?? '';
    return {
      state: 'broken',
      path,
      why: `${path} does not tell its version: ${said || 'it says nothing'}.`,
      fix: correct,
    };
  } catch (error) {
    signal?.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { state: wished ? 'missing' : 'broken', path, why, fix: correct };
  }
}

/** Where a tool is, by its setting (a path by tool name) or on PATH; whether it runs isn't tried. */
export function toolPath(tool: Tool, paths: Readonly<Record<string, string>>): string | undefined {
  return paths[tool.name] || firstOnPath(tool, process.env);
}

function firstOnPath(tool: Tool, env: NodeJS.ProcessEnv): string | undefined {
  for (const name of [...tool.executables, ...versioned(tool, env)]) {
    const found = findOnPath(name, env);
    if (found.kind === 'found') return found.path;
  }
  return undefined;
}

/** `llvm-symbolizer-19` and the like, the highest version first. */
function versioned(tool: Tool, env: NodeJS.ProcessEnv): string[] {
  const prefix = `${tool.versionedAs}-`;
  if (tool.versionedAs === undefined) return [];
  const versions = new Set<string>();
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    for (const name of namesIn(folder)) {
      if (name.startsWith(prefix) && /^\d+(\.\d+)*$/.test(name.slice(prefix.length)))
        versions.add(name.slice(prefix.length));
    }
  }
  return [...versions].sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((version) => prefix + version);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

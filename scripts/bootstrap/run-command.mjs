import { spawn } from 'node:child_process';

/**
 * Runs a program in a process group of its own and waits for it. The group ends with this process, also on Ctrl+C.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, input?: 'inherit'}} [options] quiet: the output is kept and only shown in the error;
 *   input 'inherit': the program may read from the terminal, and then stays in our group as the terminal asks for
 * @returns {Promise<{code: number, output: string}>} the output is empty unless quiet
 */
export function runCommand(command, args, { cwd, env, quiet = false, input } = {}) {
  return new Promise((resolve, reject) => {
    const interactive = input === 'inherit';
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      detached: !interactive,
      stdio: [interactive ? 'inherit' : 'ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const endGroup = () => {
      try {
        process.kill(interactive ? child.pid : -child.pid, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
    };
    const onSignal = (signal) => {
      endGroup();
      process.exit(128 + SIGNAL_NUMBERS[signal]);
    };
    for (const signal of Object.keys(SIGNAL_NUMBERS)) process.once(signal, onSignal);
    process.once('exit', endGroup);
    const forget = () => {
      for (const signal of Object.keys(SIGNAL_NUMBERS)) process.removeListener(signal, onSignal);
      process.removeListener('exit', endGroup);
    };
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('close', (code, signal) => {
      forget();
      resolve({ code: code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0), output });
    });
  });
}

/**
 * As runCommand, and anything but exit code 0 is an error.
 * @param {string} what what was being done, for the error: "Installing the dependencies"
 */
export async function mustRun(what, command, args, options) {
  let result;
  try {
    result = await runCommand(command, args, options);
  } catch (error) {
    const missing = error.code === 'ENOENT' ? ` ${command} isn't installed or isn't on PATH.` : ` ${error.message}.`;
    throw new Stop(`${what} didn't work:${missing}`);
  }
  if (result.code !== 0) {
    const tail = result.output.trim().split('\n').slice(-40).join('\n');
    throw new Stop(
      `${what} didn't work: \`${[command, ...args].join(' ')}\` ended with exit code ${result.code}.${tail === '' ? '' : `\n${tail}`}`,
    );
  }
  return result.output;
}

/** An expected end: its message says what happened, why and the next step; no stack trace helps anybody. */
export class Stop extends Error {
  /** @param {string} message @param {number} exitCode 3 for a tool or right that is missing */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

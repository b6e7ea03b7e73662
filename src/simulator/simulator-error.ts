/** A file given to the simulator cannot be used. The message names the file and every fault found. */
export class SimulatorFileError extends Error {
  override readonly name = 'SimulatorFileError';
  /** One sentence for each fault, with its place in the file. */
  readonly faults: readonly string[];
  constructor(file: string, faults: readonly string[], options?: ErrorOptions) {
    super(`${file}: ${faults.join('\n  ')}`, options);
    this.faults = faults;
  }
}

import { once } from "node:events";
import { execa } from "execa";

/** Another process that holds a lane. */
export interface HeldLane extends AsyncDisposable {
  readonly giveBack: () => Promise<void>;
}

/** Takes the lock of a lane as the launcher of another daemon would, and holds it until told. */
export async function holdLane(file: string): Promise<HeldLane> {
  const holder = execa("flock", [file, "sh", "-c", "echo held; exec cat"], { buffer: false });
  await once(holder.stdout, "data");
  const giveBack = async (): Promise<void> => {
    holder.stdin.end();
    await holder;
  };
  return { giveBack, [Symbol.asyncDispose]: giveBack };
}

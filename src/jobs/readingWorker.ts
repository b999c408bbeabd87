import { readTask, type ReadingTask } from "./reading.ts";

/** Runs in a thread of readingPool.ts. */
export default function readTasks(tasks: readonly ReadingTask[]): unknown[][] {
  return tasks.map(readTask);
}

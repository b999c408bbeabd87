import { useEffect, useState } from "react";
import type { WorkspaceState } from "../workspace.ts";

/** The workspace as it stands, kept fresh; null until it is known. `online` is false while the server does not answer. */
export function useWorkspace(): {
  workspace: WorkspaceState | null;
  online: boolean;
} {
  const [workspace, setWorkspace] = useState<WorkspaceState | null>(null);
  const [online, setOnline] = useState(true);

  useEffect(() => {
    const events = new EventSource("/events");
    let fetching = false;
    let stale = false;
    const refresh = async () => {
      // Changes come in bursts: whatever comes while one answer is under way is in the next.
      stale = true;
      if (fetching) return;
      fetching = true;
      try {
        while (stale) {
          stale = false;
          const response = await fetch("/workspace");
          const current: WorkspaceState = await response.json();
          setWorkspace(current);
          setOnline(true);
        }
      } catch {
        setOnline(false);
      } finally {
        fetching = false;
      }
    };
    events.addEventListener("message", () => void refresh());
    events.addEventListener("error", () => setOnline(false));
    return () => events.close();
  }, []);

  return { workspace, online };
}

/** Does what a person asked for; resolves with what went wrong, null when nothing did. */
export async function send(
  path: "/compose" | "/press" | "/home" | "/advance",
  body: Readonly<Record<string, unknown>> = {},
): Promise<string | null> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer: { ok: boolean; error?: string } = await response.json();
    return answer.ok ? null : (answer.error ?? `HTTP ${response.status}`);
  } catch {
    return "the preview workspace does not answer";
  }
}

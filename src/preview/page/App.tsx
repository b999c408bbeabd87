import { useEffect, useState } from "react";
import type { WorkspaceState } from "../workspace.ts";
import { BOT } from "../identities.ts";
import { Composer } from "./Composer.tsx";
import { HomeTab } from "./HomeTab.tsx";
import { Messages } from "./Messages.tsx";
import { Sidebar } from "./Sidebar.tsx";
import { StoryBar } from "./StoryBar.tsx";
import { send, useWorkspace } from "./workspaceClient.ts";

/** The App Home's place among the channels. */
const HOME = "home";

export function App() {
  const { workspace, online } = useWorkspace();
  return workspace === null ? (
    <p className="wait">{online ? "Opening …" : "The workspace is away."}</p>
  ) : (
    <Client workspace={workspace} online={online} />
  );
}

function Client({
  workspace,
  online,
}: {
  workspace: WorkspaceState;
  online: boolean;
}) {
  const { channels, messages, home, command, story, advancing } = workspace;
  const [chosen, setChosen] = useState(channels[0]?.id ?? HOME);
  const [problem, setProblem] = useState<string | null>(null);
  const [seen, setSeen] = useState<Readonly<Record<string, string>>>(() =>
    lastOf(messages),
  );
  const channel = channels.find(({ id }) => id === chosen) ?? null;
  const last = lastOf(messages)[chosen];

  useEffect(() => {
    if (last !== undefined)
      setSeen((before) => ({ ...before, [chosen]: last }));
  }, [chosen, last]);

  const ask = async (...request: Parameters<typeof send>) => {
    setProblem(await send(...request));
  };

  const choose = (id: string) => {
    setChosen(id);
    setProblem(null);
    if (id === HOME) void ask("/home");
  };

  const unread = (id: string) =>
    messages.filter(
      (message) =>
        message.channel === id &&
        id !== chosen &&
        Number(message.ts) > Number(seen[id] ?? 0),
    ).length;

  return (
    <div className="client">
      <Sidebar
        places={[
          ...channels.map(({ id, name }) => ({
            id,
            name,
            mark: "#",
            unread: unread(id),
          })),
          { id: HOME, name: `${BOT.name} home`, mark: "⌂", unread: 0 },
        ]}
        chosen={chosen}
        onChoose={choose}
      />
      <main className="room">
        <header className="room-head">
          <div className="room-title">
            <h1>
              {channel === null ? `${BOT.name} home` : `# ${channel.name}`}
            </h1>
            <p>
              {channel === null
                ? "What the bot shows on its Home tab"
                : channel.purpose}
            </p>
          </div>
          <StoryBar
            story={story}
            advancing={advancing}
            onNext={() => void ask("/advance")}
          />
        </header>
        <div role="status" className="notice" data-testid="notice">
          {online
            ? problem && `That did not work: ${problem}`
            : "The workspace is away. This page tries again by itself."}
        </div>
        {channel === null ? (
          <HomeTab
            home={home}
            channels={channels}
            onPress={(action) =>
              void ask("/press", { channel: HOME, ...action })
            }
          />
        ) : (
          <>
            <Messages
              key={channel.id}
              channel={channel}
              channels={channels}
              command={command}
              messages={messages.filter((each) => each.channel === channel.id)}
              onPress={(ts, action) =>
                void ask("/press", { channel: channel.id, ts, ...action })
              }
            />
            <Composer
              key={`composer ${channel.id}`}
              channel={channel.name}
              command={command}
              onSend={(text) =>
                void ask("/compose", { channel: channel.id, text })
              }
            />
          </>
        )}
      </main>
    </div>
  );
}

/** The newest `ts` of each channel. */
function lastOf(
  messages: WorkspaceState["messages"],
): Readonly<Record<string, string>> {
  return Object.fromEntries(messages.map(({ channel, ts }) => [channel, ts]));
}

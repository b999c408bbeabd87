import {
  Component,
  useLayoutEffect,
  useRef,
  type MouseEvent,
  type ReactNode,
} from "react";
import { Message, type Block as DrawnBlock } from "slack-blocks-to-jsx";
import type { Block } from "../content.ts";
import { BOT, PERSON } from "../identities.ts";
import type { Channel } from "../webApi.ts";
import { forRenderer, showBrackets } from "./mrkdwn.ts";

/** A button that was pressed. */
export interface Action {
  readonly action_id: string;
  readonly value?: string;
}

export function Blocks({
  blocks,
  fallback,
  channels,
  onPress,
}: {
  blocks: readonly Block[];
  /** Shown when the blocks cannot be drawn. */
  fallback: string;
  channels: readonly Channel[];
  onPress: (action: Action) => void;
}) {
  const drawn = useRef<HTMLDivElement>(null);
  const key = JSON.stringify(blocks);

  // Other blocks are drawn from scratch (see the key), so what is put back here is never in React's way.
  useLayoutEffect(() => {
    if (drawn.current !== null) showBrackets(drawn.current);
  }, [key]);

  // The renderer draws buttons but tells nobody of a press; each carries its action_id as its element id.
  const press = ({ target, currentTarget }: MouseEvent<HTMLElement>) => {
    const button = target instanceof Element && target.closest("button[id]");
    if (!button) return;
    const alike = [...currentTarget.querySelectorAll("button[id]")].filter(
      ({ id }) => id === button.id,
    );
    const action = buttonsOf(blocks).filter(
      ({ action_id }) => action_id === button.id,
    )[alike.indexOf(button)];
    if (action !== undefined) onPress(action);
  };
  return (
    <div ref={drawn} className="blocks" onClick={press}>
      <OrText key={key} text={fallback}>
        <Message
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the workspace has checked them; the renderer skips types it does not know
          blocks={forRenderer(blocks) as unknown as DrawnBlock[]}
          name={BOT.name}
          logo=""
          withoutWrapper
          data={{
            users: [
              { id: PERSON.id, name: PERSON.name },
              { id: BOT.userId, name: BOT.name },
            ],
            channels: channels.map(({ id, name }) => ({ id, name })),
          }}
          hooks={{
            link: ({ href, children, className }) => (
              <a
                href={href}
                className={className}
                target="_blank"
                rel="noopener noreferrer"
              >
                {children}
              </a>
            ),
          }}
        />
      </OrText>
    </div>
  );
}

function buttonsOf(blocks: readonly Block[]): readonly Action[] {
  return blocks
    .flatMap((block) => [block["accessory"], block["elements"]].flat())
    .filter(
      (element): element is Action & { type: "button" } =>
        typeof element === "object" &&
        element !== null &&
        "type" in element &&
        element.type === "button" &&
        "action_id" in element,
    )
    .map(({ action_id, value }) =>
      value === undefined ? { action_id } : { action_id, value },
    );
}

/** One message that cannot be drawn must not take the page with it. */
class OrText extends Component<
  { text: string; children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? (
      <pre>{this.props.text}</pre>
    ) : (
      this.props.children
    );
  }
}

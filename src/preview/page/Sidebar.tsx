import { TEAM } from "../identities.ts";

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly mark: string;
  readonly unread: number;
}

export function Sidebar({
  places,
  chosen,
  onChoose,
}: {
  places: readonly Place[];
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <nav className="sidebar" aria-label="Channels">
      <p className="team">
        {TEAM.name} <small>a workspace on this machine</small>
      </p>
      <ul>
        {places.map(({ id, name, mark, unread }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === chosen ? "page" : undefined}
              className={unread > 0 ? "unread" : undefined}
              data-testid={`place-${name.replaceAll(" ", "-")}`}
              onClick={() => onChoose(id)}
            >
              <span aria-hidden="true">{mark}</span> <span>{name}</span>
              {unread > 0 && (
                <span className="badge" aria-label={`${unread} unread`}>
                  {unread}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
